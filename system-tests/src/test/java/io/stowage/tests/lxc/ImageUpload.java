package io.stowage.tests.lxc;

import io.stowage.tests.arena.Server;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** An upload of a volume as clients later than Debian's do it: in chunks, without telling the length. */
final class ImageUpload {
    private ImageUpload() {}

    /** @return the server's answer, with its headers */
    static String to(Server server, String pool, String name, String type, byte[] image) throws IOException {
        try (var connection = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            connection.connect(UnixDomainSocketAddress.of(server.state().resolve("unix.socket")));
            write(
                    connection,
                    ("POST /1.0/storage-pools/%s/volumes/custom HTTP/1.1\r\nHost: lxd\r\nConnection: close\r\n"
                                    + "Content-Type: application/octet-stream\r\nTransfer-Encoding: chunked\r\n"
                                    + "X-LXD-name: %s\r\nX-LXD-type: %s\r\n\r\n")
                            .formatted(pool, name, type)
                            .getBytes(StandardCharsets.US_ASCII));
            int half = image.length / 2;
            chunk(connection, image, 0, half);
            chunk(connection, image, half, image.length - half);
            write(connection, "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            return new String(Channels.newInputStream(connection).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void chunk(SocketChannel connection, byte[] image, int from, int length) throws IOException {
        write(connection, (Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        write(connection, ByteBuffer.wrap(image, from, length));
        write(connection, "\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    private static void write(SocketChannel connection, byte[] bytes) throws IOException {
        write(connection, ByteBuffer.wrap(bytes));
    }

    private static void write(SocketChannel connection, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            connection.write(bytes);
        }
    }
}
