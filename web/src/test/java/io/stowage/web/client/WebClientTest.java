package io.stowage.web.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.web.Handler;
import io.stowage.web.Listener;
import io.stowage.web.Listener.TlsPolicy;
import io.stowage.web.Peer;
import io.stowage.web.Response;
import io.stowage.web.WebServer;
import io.stowage.web.tls.ServerCertificate;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 120, threadMode = ThreadMode.SEPARATE_THREAD)
class WebClientTest {
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    @TempDir
    private Path folder;

    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (var each : opened.reversed()) {
            each.close();
        }
    }

    @Test
    void theServersOwnCertificateIsEnoughAsAuthority() throws Exception {
        var certificate = certificate("right", LOOPBACK);
        var url = serve(certificate, TlsPolicy.SERVER_ONLY, _ -> Response.json(200, new byte[] {'7'}));

        var answer = client(url, Trust.pem(certificate.pem())).send(WebRequest.of("GET", "/api"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().asInt()).isEqualTo(7);
    }

    @Test
    void anotherAuthorityIsRefused() throws Exception {
        var url = serve(certificate("right", LOOPBACK), TlsPolicy.SERVER_ONLY, _ -> Response.empty(200));
        var client = client(url, Trust.pem(certificate("other", LOOPBACK).pem()));

        assertThatThrownBy(() -> client.send(WebRequest.of("GET", "/"))).isInstanceOf(SSLHandshakeException.class);
    }

    @Test
    void aSelfSignedCertificateIsRefusedWithTheSystemsAuthorities() throws Exception {
        var url = serve(certificate("right", LOOPBACK), TlsPolicy.SERVER_ONLY, _ -> Response.empty(200));
        var client = client(url, new Trust.SystemAuthorities());

        assertThatThrownBy(() -> client.send(WebRequest.of("GET", "/"))).isInstanceOf(SSLHandshakeException.class);
    }

    @Test
    void aTrustedCertificateWithAnotherNameIsRefused() throws Exception {
        var certificate = certificate("elsewhere", InetAddress.ofLiteral("192.0.2.1"));
        var url = serve(certificate, TlsPolicy.SERVER_ONLY, _ -> Response.empty(200));
        var client = client(url, Trust.pem(certificate.pem()));

        assertThatThrownBy(() -> client.send(WebRequest.of("GET", "/")))
                .isInstanceOf(SSLHandshakeException.class)
                .hasMessageContaining("127.0.0.1");
    }

    @Test
    void withoutVerificationAnyNameWillDo() throws Exception {
        var certificate = certificate("elsewhere", InetAddress.ofLiteral("192.0.2.1"));
        var url = serve(certificate, TlsPolicy.SERVER_ONLY, _ -> Response.empty(204));

        var answer = client(url, new Trust.Anybody()).send(WebRequest.of("GET", "/"));
        assertThat(answer.status()).isEqualTo(204);
    }

    @Test
    void tls12IsRefusedWhereClientsAreAskedForCertificates() throws Exception {
        var certificate = certificate("right", LOOPBACK);
        var url = serve(certificate, TlsPolicy.ASK_CLIENT, _ -> Response.empty(200));
        var context = TrustContext.of(new Trust.Anybody());

        assertThat(handshake(context, url, "TLSv1.3")).isEqualTo("TLSv1.3");
        assertThatThrownBy(() -> handshake(context, url, "TLSv1.2")).isInstanceOf(SSLHandshakeException.class);
    }

    @Test
    void aClientWithoutCertificateIsLetThroughToTheHandler() throws Exception {
        var url = serve(certificate("right", LOOPBACK), TlsPolicy.ASK_CLIENT, request -> switch (request.peer()) {
            case Peer.Remote remote ->
                Response.text(200, "certificate " + remote.certificate().isPresent());
            case Peer.Local _ -> Response.empty(500);
        });
        var answer = client(url, new Trust.Anybody()).send(WebRequest.of("GET", "/"));
        assertThat(answer.text()).isEqualTo("certificate false");
    }

    @Test
    void largeBodiesGoBothWays() throws Exception {
        var url = serve(
                certificate("right", LOOPBACK),
                TlsPolicy.SERVER_ONLY,
                request -> Response.of(200, "application/octet-stream", request.body(32 << 20)));
        var bytes = new byte[20 << 20];
        new SecureRandom().nextBytes(bytes);

        var request = new WebRequest("PUT", "/", Map.of(), bytes, Duration.ofSeconds(100));
        var answer = client(url, new Trust.Anybody()).send(request);

        assertThat(answer.body()).isEqualTo(bytes);
    }

    @Test
    void answersBeyondTheLimitAreRefused() throws Exception {
        var url = serve(
                certificate("right", LOOPBACK),
                TlsPolicy.SERVER_ONLY,
                _ -> new Response.Streamed(200, Map.of(), out -> {
                    var block = new byte[1 << 20];
                    for (int i = 0; i <= WebClient.ANSWER_LIMIT >> 20; i++) {
                        out.write(block);
                    }
                }));
        var client = client(url, new Trust.Anybody());
        assertThatThrownBy(() -> client.send(WebRequest.of("GET", "/")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("limit");
    }

    @Test
    void anAnswerThatDoesNotComeEndsAtTheDeadline() throws Exception {
        var never = new CountDownLatch(1);
        opened.add(never::countDown);
        var url = serve(certificate("right", LOOPBACK), TlsPolicy.SERVER_ONLY, _ -> {
            never.await();
            return Response.empty(200);
        });
        var client = client(url, new Trust.Anybody());
        assertThatThrownBy(() -> client.send(WebRequest.of("GET", "/").deadline(Duration.ofMillis(300))))
                .isInstanceOf(HttpTimeoutException.class)
                .hasMessageContaining(url.toString());
        never.countDown();
    }

    @Test
    void aDroppedAnswerIsAnUnknownOutcome() throws Exception {
        var url = serve(certificate("right", LOOPBACK), TlsPolicy.SERVER_ONLY, _ -> new Response.Dropped());
        var client = client(url, new Trust.Anybody());
        assertThatThrownBy(() -> client.send(WebRequest.of("POST", "/")))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(ConnectException.class);
    }

    @Test
    void nobodyThereIsAConnectException() throws Exception {
        try (var silent = new Socket()) {
            silent.bind(new InetSocketAddress(LOOPBACK, 0)); // the port is taken, and nobody listens
            var client = client(URI.create("https://127.0.0.1:" + silent.getLocalPort()), new Trust.Anybody());
            assertThatThrownBy(() -> client.send(WebRequest.of("GET", "/"))).isInstanceOf(ConnectException.class);
        }
    }

    @Test
    void aClosedServerCanBeStartedAgainOnItsPortAtOnce() throws Exception {
        var certificate = certificate("right", LOOPBACK);
        var url = serve(certificate, TlsPolicy.SERVER_ONLY, _ -> Response.empty(200));
        client(url, new Trust.Anybody()).send(WebRequest.of("GET", "/"));
        opened.removeFirst().close();

        var address = new InetSocketAddress(LOOPBACK, url.getPort());
        var listener = new Listener.Https(address, certificate, TlsPolicy.SERVER_ONLY);
        opened.add(WebServer.start("test", _ -> Response.empty(204), List.of(listener)));

        var answer = client(url, new Trust.Anybody()).send(WebRequest.of("GET", "/"));
        assertThat(answer.status()).isEqualTo(204);
    }

    @Test
    void headersAndStatusArriveOnBothSides() throws Exception {
        var url = serve(
                certificate("right", LOOPBACK),
                TlsPolicy.SERVER_ONLY,
                request -> Response.text(418, request.header("x-TOKEN").orElse("none"))
                        .with("X-Answer", "yes"));
        var answer = client(url, new Trust.Anybody())
                .send(WebRequest.of("PATCH", "/a?b=c")
                        .header("X-Token", "t")
                        .json("{}".getBytes(StandardCharsets.UTF_8)));
        assertThat(answer.status()).isEqualTo(418);
        assertThat(answer.text()).isEqualTo("t");
        assertThat(answer.header("x-answer")).contains("yes");
    }

    private static String handshake(SSLContext context, URI url, String protocol) throws IOException {
        try (var socket = (SSLSocket) context.getSocketFactory().createSocket(url.getHost(), url.getPort())) {
            socket.setEnabledProtocols(new String[] {protocol});
            socket.startHandshake();
            return socket.getSession().getProtocol();
        }
    }

    private ServerCertificate certificate(String name, InetAddress address) throws IOException {
        return ServerCertificate.ensure(folder, name, List.of(address), List.of());
    }

    private URI serve(ServerCertificate certificate, TlsPolicy policy, Handler handler) throws IOException {
        var listener = new Listener.Https(new InetSocketAddress(LOOPBACK, 0), certificate, policy);
        var server = WebServer.start("test", handler, List.of(listener));
        opened.add(server);
        return URI.create("https://127.0.0.1:" + server.addresses().getFirst().getPort());
    }

    private WebClient client(URI url, Trust trust) {
        var client = new WebClient(url, trust);
        opened.add(client);
        return client;
    }
}
