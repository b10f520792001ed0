package io.stowage.array.wsapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.array.ArrayInABox;
import io.stowage.array.ArrayOptions;
import io.stowage.array.management.Oddities;
import io.stowage.web.json.Json;
import io.stowage.web.tls.Pem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The WSAPI by a client that writes its requests itself: what happens before a request is one (section 1). */
@Timeout(value = 240, unit = TimeUnit.SECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
class HttpTest {
    private static final int REQUESTS = Boolean.getBoolean("stowage.soak") ? 20_000 : 150;

    @TempDir
    @Nullable
    Path folder;

    private @Nullable ArrayInABox array;
    private @Nullable SSLContext trust;

    @BeforeEach
    void start() throws Exception {
        var state = Objects.requireNonNull(folder).resolve("array");
        array = ArrayInABox.start(ArrayOptions.loopback(state).asAlletra());
        var known = KeyStore.getInstance(KeyStore.getDefaultType());
        known.load(null, null);
        var pem = Files.readString(Path.of(array.endpoints().alletra().certificate()));
        known.setCertificateEntry("array", Pem.certificates(pem).getFirst());
        var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(known);
        var context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        trust = context;
    }

    @AfterEach
    void stop() {
        if (array != null) {
            array.close();
        }
    }

    private String exchange(String line, String headers, String body) throws IOException {
        return exchange(line + "\r\nHost: array\r\nConnection: close\r\n" + headers + "\r\n" + body);
    }

    /** Status and code of an answer in the array's form. */
    private static String told(String answer) {
        var body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
        var error = Json.tree(body.getBytes(StandardCharsets.UTF_8));
        assertThat(error.path("desc").asString("")).as(answer).isNotEmpty();
        assertThat(answer).contains("\r\nContent-Type: application/json\r\n");
        return answer.split(" ", 3)[1] + " " + error.path("code").asInt();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET /api HTTP/1.0                           | 505 8
            GET /api/v1/volumes HTTP/1.0                | 505 8
            GET /api/v1/volumes/%zz HTTP/1.1            | 400 56
            GET /api/v1/volumes/%4 HTTP/1.1             | 400 56
            GET /api/v1/volumes/a% HTTP/1.1             | 400 56
            GET /api/v1/volumes/%u0041 HTTP/1.1         | 400 56
            GET /api/v1/volumes?query=%zz HTTP/1.1      | 400 56
            GET /api/v1/volumes/%ff HTTP/1.1            | 403 6
            GET /api/v1/volumes/%00 HTTP/1.1            | 400 56
            GET /api/v1//volumes/../volumes HTTP/1.1    | 403 6
            GET /api/v2/volumes HTTP/1.1                | 404 11
            """)
    void oddRequestLines(String line, String error) throws Exception {
        assertThat(told(exchange(line, "", ""))).isEqualTo(error);
    }

    /** Lengths and forms of bodies that no handler sees, and that the array has to answer or to hang up on. */
    @Test
    void nothingThatIsSentIsAnsweredWith500OrNotAtAll() throws Exception {
        var random = new Random(20261121);
        var odd = new Oddities(random);
        for (int i = 0; i < REQUESTS; i++) {
            var method = odd.oneOf(List.of("GET", "POST", "PUT", "DELETE", "get", "X Y", ""));
            var path = odd.oneOf(List.of("/api/v1/volumes", "/api/v1/credentials", "*", "api", "/", ""));
            var line = method + " " + odd.mutated(path) + odd.oneOf(List.of(" HTTP/1.1", " HTTP/1.1", " HTTP/9.9", ""));
            var length = odd.oneOf(List.of(
                    "",
                    "Content-Length: 2\r\n",
                    "Content-Length: -1\r\n",
                    "Content-Length: x\r\n",
                    "Transfer-Encoding: chunked\r\n"));
            var type = odd.oneOf(List.of("", "Content-Type: application/json\r\n", "Content-Type:\r\n"));
            var body = length.startsWith("Transfer") ? odd.oneOf(List.of("2\r\n{}\r\n0\r\n\r\n", "z\r\n")) : "{}";
            var request = odd.oneIn(8)
                    ? odd.mutated(line + "\r\nConnection: close\r\n\r\n")
                    : line + "\r\nHost: array\r\nConnection: close\r\n" + length + type + "\r\n" + body;
            var answer = exchange(request);
            assertThat(answer)
                    .as("request %s: %s", i, request)
                    .doesNotContain(" 500 ")
                    .doesNotContain("Exception");
        }
        assertThat(told(exchange("GET /api/v1/volumes HTTP/1.1", "", ""))).isEqualTo("403 6");
    }

    /** What comes back; says that nothing more comes, so that the array doesn't wait for the rest of what is no request. */
    private String exchange(String request) throws IOException {
        var management =
                URI.create(Objects.requireNonNull(array).endpoints().alletra().management());
        try (var socket = (SSLSocket) Objects.requireNonNull(trust)
                .getSocketFactory()
                .createSocket(management.getHost(), management.getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return answer(socket);
        }
    }

    /** What came before the end, even if the array closes the connection while we still speak. */
    private static String answer(SSLSocket socket) {
        var answer = new ByteArrayOutputStream();
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            // It has closed the connection already: what it said is there to be read.
        }
        try {
            socket.getInputStream().transferTo(answer);
        } catch (IOException e) {
            // The end of what it said.
        }
        return answer.toString(StandardCharsets.UTF_8);
    }
}
