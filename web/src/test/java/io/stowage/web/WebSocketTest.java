package io.stowage.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class WebSocketTest {
    private static final String HANDSHAKE = """
            GET /1.0/events HTTP/1.1\r
            Host: unix.socket\r
            Upgrade: websocket\r
            Connection: Upgrade\r
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
            Sec-WebSocket-Version: 13\r
            \r
            """;

    @TempDir
    private Path folder;

    private @Nullable WebServer server;

    @AfterEach
    void close() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void messagesAndPingsReachTheClient() throws Exception {
        var socket = serve(connection -> {
            connection.sendPing();
            connection.sendText("{}");
        });
        try (var client = new RawUnixClient(socket)) {
            client.send(HANDSHAKE);
            // The key and its answer are the example of RFC 6455, section 1.3.
            assertThat(client.readThrough("\r\n\r\n"))
                    .startsWith("HTTP/1.1 101 ")
                    .contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
            assertThat(client.read(2)).containsExactly(0x89, 0); // final ping, empty
            assertThat(client.read(4)).containsExactly(0x81, 2, '{', '}'); // final text
            assertThat(client.read(2)).containsExactly(0x88, 2); // close with a status
            assertThat(client.read(2)).containsExactly(0x03, 0xe8); // 1000
        }
    }

    @Test
    void aClientThatGoesAwayEndsTheSession() throws Exception {
        var ended = new CountDownLatch(1);
        var socket = serve(_ -> {
            try {
                new CountDownLatch(1).await();
            } finally {
                ended.countDown();
            }
        });
        try (var client = new RawUnixClient(socket)) {
            client.send(HANDSHAKE);
            client.readThrough("\r\n\r\n");
        }
        assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void withoutHandshakeItIsABadRequest() throws Exception {
        var socket = serve(_ -> {});
        assertThat(RawUnixClient.get(socket, "/1.0/events")).startsWith("HTTP/1.1 400 ");
    }

    @Test
    void longMessagesAreSentWhole() throws Exception {
        var text = "x".repeat(100_000);
        var socket = serve(connection -> connection.sendText(text));
        try (var client = new RawUnixClient(socket)) {
            client.send(HANDSHAKE);
            client.readThrough("\r\n\r\n");
            var received = new StringBuilder();
            byte[] head;
            do {
                head = client.read(2);
                int length = head[1] & 0x7f;
                if (length == 126) {
                    var more = client.read(2);
                    length = (more[0] & 0xff) << 8 | more[1] & 0xff;
                } else if (length == 127) {
                    length = java.nio.ByteBuffer.wrap(client.read(8)).getInt(4);
                }
                received.append(new String(client.read(length), StandardCharsets.UTF_8));
            } while ((head[0] & 0x80) == 0);
            assertThat(received.toString()).isEqualTo(text);
        }
    }

    private Path serve(WebSocketSession session) throws Exception {
        var socket = folder.resolve("unix.socket");
        var listener = new Listener.UnixSocket(socket, 0600, Optional.empty());
        server = WebServer.start("test", _ -> new Response.Upgrade(session), List.of(listener));
        return socket;
    }
}
