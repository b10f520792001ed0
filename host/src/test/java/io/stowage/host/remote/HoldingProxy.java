package io.stowage.host.remote;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * A network between initiator and target that can be told to keep what the initiator sends, and to deliver it when
 * nobody expects it any more. Its port stays the same whatever happens to the target behind it.
 */
public final class HoldingProxy implements AutoCloseable {
    private final ServerSocketChannel listener;
    private final List<Link> links = new ArrayList<>(); // guarded by this
    private int targetPort; // guarded by this

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
            links.add(new Link(client, target));
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
        private final Thread back;
        private boolean holding; // guarded by this
        private long held; // guarded by this
        private boolean cut; // guarded by this

        Link(SocketChannel client, SocketChannel target) {
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
