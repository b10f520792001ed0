package io.stowage.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.client.RemoteServer;
import io.stowage.client.StowageClient;
import io.stowage.client.Unreachable;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Remotes and their names, and a TLS server of the test's own at the other end. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RemotesTest {
    private static final String FINGERPRINT = "ab".repeat(32);

    @TempDir
    private Path folder;

    @TempDir
    private Path serverFolder;

    @Test
    void namesStandForServersUntilTheyAreRemoved() {
        Remotes remotes = new Remotes(folder);
        assertThat(remotes.list()).isEmpty();
        remotes.add("b", new RemoteServer("[::1]:9443", FINGERPRINT));
        remotes.add("a", new RemoteServer("example.org", FINGERPRINT));
        assertThat(new Remotes(folder).list().keySet()).containsExactly("a", "b");
        assertThat(new Remotes(folder).get("b")).isEqualTo(new RemoteServer("[::1]:9443", FINGERPRINT));
        assertThatThrownBy(() -> remotes.requireFree("a")).hasMessage("There is a remote \"a\" already");
        remotes.remove("a");
        remotes.requireFree("a");
        assertThatThrownBy(() -> remotes.remove("a")).isInstanceOf(Wrong.class).hasMessageContaining("no remote \"a\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../x", "a/b", ".hidden", "a b"})
    void namesAreNoPaths(String name) {
        assertThatThrownBy(() -> new Remotes(folder).get(name))
                .isInstanceOf(Wrong.class)
                .hasMessageContaining("is no name for a remote");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "https://x", "x:", "x:123456", "::1", "a b"})
    void addressesAreHostAndPort(String address) {
        assertThatThrownBy(() -> new RemoteServer(address, FINGERPRINT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("HOST:PORT");
    }

    @Test
    void theKeyIsItsOwnersAlone() throws Exception {
        KeyStore first = Identity.in(folder);
        KeyStore again = Identity.in(folder);
        assertThat(again.getCertificate("stowage")).isEqualTo(first.getCertificate("stowage"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("client.p12"))))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void onlyTheServerWithThatCertificateIsSpokenTo() throws Exception {
        KeyStore identity = Identity.in(serverFolder);
        String fingerprint = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256")
                        .digest(identity.getCertificate("stowage").getEncoded()));
        BlockingQueue<String> requests = new ArrayBlockingQueue<>(1);
        BlockingQueue<byte[]> clients = new ArrayBlockingQueue<>(1);
        try (SSLServerSocket listener = listen(identity)) {
            Thread.ofPlatform().daemon().start(() -> serve(listener, requests, clients));
            String address = "127.0.0.1:" + listener.getLocalPort();
            Remotes remotes = new Remotes(folder);
            StowageClient wrong = remotes.client(new RemoteServer(address, FINGERPRINT), "");
            assertThatThrownBy(() -> wrong.get("/1.0"))
                    .isInstanceOf(Unreachable.class)
                    .hasMessageContaining(address)
                    .hasMessageContaining("fingerprint " + fingerprint + " and not " + FINGERPRINT);
            assertThat(requests).isEmpty();
            StowageClient right = remotes.client(new RemoteServer(address, fingerprint), "theirs");
            assertThat(right.get("/1.0").get("auth").text()).isEqualTo("trusted");
            assertThat(requests.take()).isEqualTo("GET /1.0?project=theirs HTTP/1.1");
            assertThat(clients.take())
                    .isEqualTo(Identity.in(folder).getCertificate("stowage").getEncoded());
        }
    }

    private static SSLServerSocket listen(KeyStore identity) throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(identity, Identity.PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), new TrustManager[] {new Anybody()}, null);
        SSLServerSocket listener = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 4, InetAddress.getLoopbackAddress());
        listener.setNeedClientAuth(true);
        return listener;
    }

    private static void serve(SSLServerSocket listener, BlockingQueue<String> requests, BlockingQueue<byte[]> clients) {
        while (!listener.isClosed()) {
            try (SSLSocket socket = (SSLSocket) listener.accept()) {
                socket.startHandshake();
                var in = new java.io.BufferedReader(
                        new java.io.InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
                String request = in.readLine();
                if (request == null) {
                    continue; // it hung up after it saw the certificate
                }
                clients.add(socket.getSession().getPeerCertificates()[0].getEncoded());
                requests.add(request);
                String body = "{\"type\":\"sync\",\"metadata\":{\"auth\":\"trusted\"}}";
                String answer = "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
                socket.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
            } catch (IOException | java.security.cert.CertificateException e) {
                // the next
            }
        }
    }

    private static final class Anybody implements X509TrustManager {
        @Override
        public void checkClientTrusted(java.security.cert.X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(java.security.cert.X509Certificate[] chain, String type) {}

        @Override
        public java.security.cert.X509Certificate[] getAcceptedIssuers() {
            return new java.security.cert.X509Certificate[0];
        }
    }
}
