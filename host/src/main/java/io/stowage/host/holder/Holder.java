package io.stowage.host.holder;

import io.stowage.system.Libc;
import io.stowage.system.SystemError;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The holder's process: {@code java … io.stowage.host.holder.Holder FOLDER}. One thread. It prints
 * "ready" when it can be reached, and ends when it holds and guards nothing and no server is connected, or when
 * no server was connected for the time that the last one set.
 */
public final class Holder {
    private static final long DEFAULT_TIMEOUT_SECONDS = 60;

    private static final Duration LOCK_PATIENCE = Duration.ofSeconds(10);

    /** How often it looks whether a server of guarded devices is still alive. */
    private static final long LOOK_MILLIS = 500;

    private final HolderFiles files;
    private final Held held = new Held();
    private final HolderProtocol protocol = new HolderProtocol(held, DEFAULT_TIMEOUT_SECONDS);
    private int servers;
    private long lonelySince = System.nanoTime();
    private boolean visited;

    private Holder(HolderFiles files) {
        this.files = files;
    }

    public static void main(String[] args) throws IOException {
        try {
            Libc.setsid(); // signals to the server's terminal or group are not for us
        } catch (SystemError e) {
            System.err.println("holder: " + e.getMessage()); // leads a group already
        }
        new Holder(new HolderFiles(Path.of(args[0]))).run();
    }

    private void run() throws IOException {
        try (FileChannel lockFile =
                        FileChannel.open(files.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = lock(lockFile);
                ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
                Selector selector = Selector.open()) {
            assert lock.isValid();
            Files.deleteIfExists(files.socket());
            listener.bind(files.address());
            Files.setPosixFilePermissions(files.socket(), PosixFilePermissions.fromString("rw-------"));
            listener.configureBlocking(false).register(selector, SelectionKey.OP_ACCEPT);
            System.out.println("ready");
            System.out.flush();
            while (needed()) {
                selector.select(pauseMillis());
                for (SelectionKey key : selector.selectedKeys()) {
                    serve(key, listener, selector);
                }
                selector.selectedKeys().clear();
                held.abortOfTheDead();
            }
            held.releaseAll();
            Files.deleteIfExists(files.socket());
        }
    }

    /** Waits for a predecessor that is about to end. */
    private static FileLock lock(FileChannel file) throws IOException {
        long end = System.nanoTime() + LOCK_PATIENCE.toNanos();
        while (true) {
            FileLock lock = file.tryLock();
            if (lock != null) {
                return lock;
            }
            if (System.nanoTime() > end) {
                throw new IOException("Another holder serves this folder");
            }
            try {
                Thread.sleep(20); // file locks can't be waited for with a deadline
            } catch (InterruptedException e) {
                throw new IOException("Interrupted", e);
            }
        }
    }

    private boolean needed() {
        if (servers > 0 || held.guards()) {
            return true;
        }
        return !(visited && held.isEmpty()) && millisLeft() > 0;
    }

    private long pauseMillis() {
        return held.guards() ? LOOK_MILLIS : millisLeft();
    }

    // 0 would mean "for ever" to the selector, which is right while a server is there.
    private long millisLeft() {
        if (servers > 0) {
            return 0;
        }
        long gone = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - lonelySince);
        return Math.max(0, TimeUnit.SECONDS.toMillis(protocol.timeoutSeconds()) - gone);
    }

    private void serve(SelectionKey key, ServerSocketChannel listener, Selector selector) throws IOException {
        if (key.isAcceptable()) {
            SocketChannel server = listener.accept();
            if (server != null) {
                server.configureBlocking(false).register(selector, SelectionKey.OP_READ, new Lines());
                servers++;
                visited = true;
            }
            return;
        }
        SocketChannel server = (SocketChannel) key.channel();
        Lines lines = (Lines) key.attachment();
        try {
            for (String line : lines.readFrom(server)) {
                answer(server, protocol.answer(line));
            }
        } catch (IOException e) {
            key.cancel();
            server.close();
            servers--;
            lonelySince = System.nanoTime();
        }
    }

    // Answers are short, and a server reads each before it asks again.
    private static void answer(SocketChannel server, String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap((text + "\n").getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            if (server.write(bytes) == 0) {
                throw new IOException("The server does not read its answers");
            }
        }
    }

    /** Lines out of what one server sends, of limited length. */
    private static final class Lines {
        private final ByteBuffer buffer = ByteBuffer.allocate(1024);

        List<String> readFrom(SocketChannel server) throws IOException {
            if (server.read(buffer) < 0) {
                throw new IOException("The server has gone");
            }
            List<String> lines = new ArrayList<>();
            buffer.flip();
            int start = 0;
            for (int i = 0; i < buffer.limit(); i++) {
                if (buffer.get(i) == '\n') {
                    lines.add(new String(buffer.array(), start, i - start, StandardCharsets.UTF_8));
                    start = i + 1;
                }
            }
            buffer.position(start).compact();
            if (!buffer.hasRemaining()) {
                throw new IOException("The server sent a line that is too long");
            }
            return lines;
        }
    }
}
