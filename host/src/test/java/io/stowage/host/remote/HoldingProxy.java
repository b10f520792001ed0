package io.stowage.host.remote;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A network between initiator and target that can be told to keep what the initiator sends, and to deliver it when
 * nobody expects it any more. Its port stays the same whatever happens to the target behind it.
 */
public final class HoldingProxy implements AutoCloseable {
    private final ServerSocketChannel listener;
    private final List<Link> links = new ArrayList<>(); // guarded by this
    private int targetPort; // guarded by this
    private final AtomicInteger damaged = new AtomicInteger();
    /** Bytes that go to the initiator until one is damaged; negative: none is. */
    private final AtomicInteger untilDamage = new AtomicInteger(-1);

    private volatile int damagedBit;

    public HoldingProxy(int targetPort) throws IOException {
        this.targetPort = targetPort;
        listener = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        Thread.ofPlatform().daemon().name("proxy").start(this::accept);
    }

    public int port() {
        return listener.socket().getLocalPort();
    }

    /** New connections lead there; -1: nowhere, they are closed. */
    public synchronized void leadTo(int port) {
        targetPort = port;
    }

    /** The connections there are now keep what the initiator sends. */
    public synchronized List<Link> hold() {
        links.forEach(Link::hold);
        return List.copyOf(links);
    }

    /** Flips a bit (0 to 7) of the byte that reaches the initiator after so many others, on whatever connection. */
    public void damageAfter(int bytes, int bit) {
        damagedBit = bit;
        untilDamage.set(bytes);
    }

    /** How many bytes were damaged. */
    public int damaged() {
        return damaged.get();
    }

    private void damage(ByteBuffer passing) {
        int length = passing.remaining();
        int before = untilDamage.getAndUpdate(left -> left < 0 ? left : left < length ? -1 : left - length);
        if (before >= 0 && before < length) {
            int at = passing.position() + before;
            passing.put(at, (byte) (passing.get(at) ^ 1 << damagedBit));
            damaged.incrementAndGet();
        }
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel client = listener.accept();
                synchronized (this) {
                    if (targetPort < 0) {
                        client.close();
                    } else {
                        connect(client, targetPort);
                    }
                }
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void connect(SocketChannel client, int port) throws IOException {
        try {
            SocketChannel target = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            links.add(new Link(client, target, this::damage));
        } catch (IOException e) {
            client.close();
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        List<Link> all;
        synchronized (this) {
            all = List.copyOf(links);
        }
        for (Link link : all) {
            link.close();
        }
    }

    /** One connection through the proxy. */
    public static final class Link {
        private final SocketChannel client;
        private final SocketChannel target;
        private final Consumer<ByteBuffer> damage;
        private final Thread back;
        private boolean holding; // guarded by this
        private long held; // guarded by this
        private boolean cut; // guarded by this

        Link(SocketChannel client, SocketChannel target, Consumer<ByteBuffer> damage) {
            this.damage = damage;
            this.client = client;
            this.target = target;
            Thread.ofPlatform().daemon().name("proxy-forth").start(this::forth);
            back = Thread.ofPlatform().daemon().name("proxy-back").start(this::back);
        }

        private synchronized void hold() {
            holding = true;
        }

        /** Waits until something of the initiator's is held. */
        public synchronized void awaitHeld() throws InterruptedException {
            while (held == 0) {
                wait();
            }
        }

        /** Waits until one of these connections holds at least this many bytes: more than pings have. */
        public static void awaitHeldByAny(List<Link> links, int bytes) throws InterruptedException {
            while (links.stream().noneMatch(link -> link.holds(bytes))) {
                Thread.sleep(5);
            }
        }

        private synchronized boolean holds(int bytes) {
            return held >= bytes;
        }

        /** Both ends of the connection are closed. */
        public void drop() {
            close();
        }

        /** The initiator's end of the connection is closed; what is held stays, and the target notices nothing. */
        public void cut() throws IOException {
            synchronized (this) {
                cut = true;
            }
            client.close();
        }

        /** Delivers what is held. */
        public synchronized void release() {
            holding = false;
            notifyAll();
        }

        /** Waits until the target has closed its end. */
        public void awaitTargetGone() throws InterruptedException {
            back.join();
        }

        private void forth() {
            ByteBuffer buffer = ByteBuffer.allocate(1 << 20);
            try {
                while (client.read(buffer) >= 0 || isCut()) {
                    buffer.flip();
                    awaitRelease(buffer.remaining());
                    while (buffer.hasRemaining()) {
                        target.write(buffer);
                    }
                    buffer.clear();
                    if (isCut()) {
                        return;
                    }
                }
            } catch (IOException | InterruptedException e) {
                // One of the ends is gone.
            } finally {
                if (!isCut()) {
                    close();
                }
            }
        }

        private synchronized boolean isCut() {
            return cut;
        }

        private synchronized void awaitRelease(int bytes) throws InterruptedException {
            while (holding) {
                held += bytes;
                notifyAll();
                wait();
                held -= bytes;
            }
        }

        private void back() {
            ByteBuffer buffer = ByteBuffer.allocate(1 << 20);
            try {
                while (target.read(buffer) >= 0) {
                    buffer.flip();
                    damage.accept(buffer);
                    while (buffer.hasRemaining() && !isCut()) {
                        client.write(buffer);
                    }
                    buffer.clear();
                }
            } catch (IOException e) {
                // One of the ends is gone.
            } finally {
                if (!isCut()) {
                    close();
                }
            }
        }

        private void close() {
            try {
                client.close();
                target.close();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
