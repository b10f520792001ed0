package io.stowage.array.fault;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/** The unix socket that takes {@link Controls}: each line is JSON, and is answered by one line of JSON. */
public final class ControlSocket implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ControlSocket.class.getName());
    private static final int LONGEST_PATH = 107; // sun_path holds 108 bytes with its end (unix(7))
    private static final int LONGEST_LINE = 64 * 1024;
    private static final int MOST_CONNECTIONS = 32;

    private final ServerSocketChannel server;
    private final Path path;
    private final Controls controls;
    private final Semaphore room = new Semaphore(MOST_CONNECTIONS);
    private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();

    private ControlSocket(ServerSocketChannel server, Path path, Controls controls) {
        this.server = server;
        this.path = path;
        this.controls = controls;
    }

    /** Whether a socket can have this path: long ones don't fit into its address. */
    public static boolean canHave(Path path) {
        return path.toString().getBytes(StandardCharsets.UTF_8).length <= LONGEST_PATH; // its nursery's is shorter
    }

    /**
     * Opens the socket with mode 0600. It is bound in a folder that only we can enter and then moved into its place, over
     * what a crash may have left.
     *
     * @throws IOException it can't be made
     */
    public static ControlSocket open(Path path, Controls controls) throws IOException {
        var nursery = nursery(path);
        var born = nursery.resolve("s");
        Files.deleteIfExists(born);
        Files.deleteIfExists(nursery);
        Files.createDirectory(
                nursery, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(UnixDomainSocketAddress.of(born));
            Files.setPosixFilePermissions(born, PosixFilePermissions.fromString("rw-------"));
            Files.move(born, path, StandardCopyOption.ATOMIC_MOVE);
            Files.delete(nursery);
        } catch (IOException e) {
            server.close();
            throw new IOException("The control socket %s can't be made: %s".formatted(path, e.getMessage()), e);
        }
        var socket = new ControlSocket(server, path, controls);
        Thread.ofPlatform().daemon().name("control").start(socket::accept);
        return socket;
    }

    private static Path nursery(Path path) {
        return path.resolveSibling(".control");
    }

    private void accept() {
        while (server.isOpen()) {
            try {
                var peer = server.accept();
                if (room.tryAcquire()) {
                    open.add(peer);
                    Thread.ofVirtual().start(() -> serve(peer));
                } else {
                    peer.close();
                }
            } catch (IOException e) {
                if (server.isOpen()) {
                    LOG.log(Level.WARNING, "The control socket can''t accept: {0}", e.getMessage());
                    Thread.yield();
                }
            }
        }
    }

    private void serve(SocketChannel peer) {
        try (peer) {
            var in = new BufferedInputStream(Channels.newInputStream(peer));
            for (var line = line(in); line.length > 0; line = line(in)) {
                var tooLong = line.length > LONGEST_LINE;
                send(peer, tooLong ? Controls.refused("The line is too long.") : controls.answer(line));
                if (tooLong) {
                    return;
                }
            }
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "control connection ends", e);
        } finally {
            open.remove(peer);
            room.release();
        }
    }

    /** One line with its end, cut when it is too long; nothing at the end of the stream. */
    private static byte[] line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        while (line.size() <= LONGEST_LINE) {
            var next = in.read();
            if (next >= 0) {
                line.write(next);
            }
            if (next < 0 || next == '\n') {
                break;
            }
        }
        return line.toByteArray();
    }

    private static void send(SocketChannel peer, byte[] answer) throws IOException {
        var bytes = ByteBuffer.allocate(answer.length + 1)
                .put(answer)
                .put((byte) '\n')
                .flip();
        while (bytes.hasRemaining()) {
            peer.write(bytes);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (var peer : open) {
            peer.close();
        }
        Files.deleteIfExists(path);
    }
}
