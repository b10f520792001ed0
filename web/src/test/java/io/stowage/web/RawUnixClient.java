package io.stowage.web;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Sends bytes to a unix socket and reads what comes back: the JDK's HTTP client knows no unix sockets. */
final class RawUnixClient implements AutoCloseable {
    private final SocketChannel channel;

    RawUnixClient(Path socket) throws IOException {
        channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(socket));
    }

    /** Sends a GET that asks for the connection's end, and returns the whole answer. */
    static String get(Path socket, String target) throws IOException {
        try (var client = new RawUnixClient(socket)) {
            client.send("GET %s HTTP/1.1\r\nHost: unix.socket\r\nConnection: close\r\n\r\n".formatted(target));
            return client.rest();
        }
    }

    void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.UTF_8));
    }

    void send(byte[] bytes) throws IOException {
        var buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    byte[] read(int count) throws IOException {
        return Channels.newInputStream(channel).readNBytes(count);
    }

    /** Everything up to and with this text, or up to the end. */
    String readThrough(String end) throws IOException {
        var text = new StringBuilder();
        while (text.indexOf(end) < 0) {
            var one = read(1);
            if (one.length == 0) {
                break;
            }
            text.append((char) one[0]);
        }
        return text.toString();
    }

    String rest() throws IOException {
        return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
