package io.stowage.web.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.web.Listener;
import io.stowage.web.Listener.TlsPolicy;
import io.stowage.web.Response;
import io.stowage.web.WebServer;
import io.stowage.web.WebSocketConnection;
import io.stowage.web.WebSocketPart;
import io.stowage.web.WebSocketSession;
import io.stowage.web.tls.ServerCertificate;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/** Both sides of a WebSocket of ours, over TLS. */
@Timeout(value = 120, threadMode = ThreadMode.SEPARATE_THREAD)
class WebSocketClientTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (var each : opened.reversed()) {
            each.close();
        }
    }

    private ServerCertificate certificate(String name) throws IOException {
        return ServerCertificate.ensure(folder, name, List.of(InetAddress.ofLiteral("127.0.0.2")), List.of(name));
    }

    private URI serve(ServerCertificate certificate, WebSocketSession session) throws IOException {
        var address = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
        var server = WebServer.start(
                "test",
                _ -> new Response.Upgrade(session),
                List.of(new Listener.Https(address, certificate, TlsPolicy.ASK_CLIENT)));
        opened.add(server);
        return URI.create("wss://127.0.0.1:" + server.addresses().getFirst().getPort() + "/socket?secret=hush");
    }

    private WebSocketClient connect(URI address, Trust trust) throws IOException {
        var client = WebSocketClient.connect(address, trust);
        opened.add(client);
        return client;
    }

    /** Listens, and gives back what it hears: each whole message. */
    private static final class Echo implements WebSocketSession {
        @Override
        public boolean listens() {
            return true;
        }

        @Override
        public void run(WebSocketConnection connection) throws IOException {
            while (true) {
                switch (message(connection)) {
                    case Text(var text) -> connection.sendText(text);
                    case Bytes(var bytes) -> connection.sendBinary(ByteBuffer.wrap(bytes));
                    case Over() -> {
                        return;
                    }
                }
            }
        }
    }

    private sealed interface Message {}

    private record Text(String text) implements Message {}

    private record Bytes(byte[] bytes) implements Message {}

    private record Over() implements Message {}

    private static Message message(WebSocketConnection connection) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var text = new StringBuilder();
        while (true) {
            switch (connection.receive(LONG).orElseThrow()) {
                case WebSocketPart.Binary(var piece, var last) -> {
                    bytes.write(piece);
                    if (last) {
                        return new Bytes(bytes.toByteArray());
                    }
                }
                case WebSocketPart.Text(var piece, var last) -> {
                    text.append(piece);
                    if (last) {
                        return new Text(text.toString());
                    }
                }
                case WebSocketPart.End() -> {
                    return new Over();
                }
            }
        }
    }

    @Test
    void messagesOfAllSizesGoBothWaysInTheirOrder() throws Exception {
        var certificate = certificate("peer");
        var client = connect(serve(certificate, new Echo()), Trust.pinned(certificate.pem()));
        var random = new Random(4);
        for (var size : new int[] {1, 125, 126, 65_535, 65_536, 1 << 20}) {
            var bytes = new byte[size];
            random.nextBytes(bytes);
            client.sendBinary(ByteBuffer.wrap(bytes));
            client.sendText(""); // a barrier of LXD's migrations
            assertThat(((Bytes) message(client)).bytes()).isEqualTo(bytes);
            assertThat(message(client)).isEqualTo(new Text(""));
        }
    }

    @Test
    void whoReadsSlowlyHoldsTheSenderBackAndGetsEverything() throws Exception {
        var certificate = certificate("peer");
        var mayRead = new CountDownLatch(1);
        var total = new AtomicLong();
        var done = new CountDownLatch(1);
        var address = serve(certificate, new WebSocketSession() {
            @Override
            public boolean listens() {
                return true;
            }

            @Override
            public void run(WebSocketConnection connection) throws Exception {
                mayRead.await();
                for (var one = message(connection); one instanceof Bytes(var bytes); one = message(connection)) {
                    total.addAndGet(bytes.length);
                }
                done.countDown();
            }
        });
        var client = connect(address, Trust.pinned(certificate.pem()));
        var sender = Thread.ofVirtual().start(() -> {
            try {
                for (var i = 0; i < 256; i++) {
                    client.sendBinary(ByteBuffer.allocate(1 << 18));
                }
                client.sendText("end");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        assertThat(sender.join(Duration.ofMillis(500)))
                .as("64 MiB fit into no buffer")
                .isFalse();
        mayRead.countDown();
        sender.join();
        done.await();
        assertThat(total).hasValue(64 << 20);
    }

    @Test
    void whatWasSentBeforeTheEndArrives() throws Exception {
        var certificate = certificate("peer");
        var address = serve(certificate, connection -> {
            connection.sendBinary(ByteBuffer.allocate(3 << 20));
            connection.sendText("last");
        });
        var client = connect(address, Trust.pinned(certificate.pem()));
        assertThat(((Bytes) message(client)).bytes()).hasSize(3 << 20);
        assertThat(message(client)).isEqualTo(new Text("last"));
        assertThat(message(client)).isEqualTo(new Over());
        assertThat(message(client)).isEqualTo(new Over());
    }

    @Test
    void aPingIsAnsweredWhileNobodySendsAnything() throws Exception {
        var certificate = certificate("peer");
        var client = connect(serve(certificate, new Echo()), Trust.pinned(certificate.pem()));
        var before = client.lastHeard();
        client.sendPing();
        while (client.lastHeard() == before) {
            assertThat(client.receive(Duration.ofMillis(10))).isEmpty();
        }
    }

    @Test
    void aConnectionThatIsCutEndsBothSides() throws Exception {
        var certificate = certificate("peer");
        var ended = new CountDownLatch(1);
        var address = serve(certificate, new WebSocketSession() {
            @Override
            public boolean listens() {
                return true;
            }

            @Override
            public void run(WebSocketConnection connection) throws IOException {
                assertThat(message(connection)).isEqualTo(new Over());
                ended.countDown();
            }
        });
        var client = connect(address, Trust.pinned(certificate.pem()));
        client.cut();
        ended.await();
        assertThat(message(client)).isEqualTo(new Over());
        assertThatThrownBy(() -> client.sendText("x")).isInstanceOf(IOException.class);
    }

    @Test
    void onlyThePinnedCertificateWillDoAndItsNameDoesNotMatter() throws Exception {
        var right = certificate("right");
        var address = serve(right, new Echo());
        var wrong = Trust.pinned(certificate("wrong").pem());
        assertThatThrownBy(() -> connect(address, wrong))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("127.0.0.1:")
                .hasMessageContaining("another certificate")
                .hasMessageNotContaining("hush");
        assertThat(connect(address, Trust.pinned(right.pem())).isOpen()).isTrue();
    }

    @Test
    void aServerWithoutWebSocketIsToldByItsStatus() throws Exception {
        var certificate = certificate("peer");
        var server = WebServer.start(
                "test",
                _ -> Response.text(403, "no"),
                List.of(new Listener.Https(
                        new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0),
                        certificate,
                        TlsPolicy.SERVER_ONLY)));
        opened.add(server);
        var address =
                URI.create("wss://127.0.0.1:" + server.addresses().getFirst().getPort() + "/?secret=hush");
        assertThatThrownBy(() -> connect(address, Trust.pinned(certificate.pem())))
                .hasMessageContaining("it answers with status 403")
                .hasMessageNotContaining("hush");
    }
}
