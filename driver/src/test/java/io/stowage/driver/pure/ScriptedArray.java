package io.stowage.driver.pure;

import io.stowage.driver.PoolSettings;
import io.stowage.driver.StorageArray;
import io.stowage.driver.rest.Pauses;
import io.stowage.web.Handler;
import io.stowage.web.Listener;
import io.stowage.web.Request;
import io.stowage.web.Response;
import io.stowage.web.WebServer;
import io.stowage.web.tls.ServerCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers like a FlashArray that says what the test wants it to say: for what no array says at will. */
final class ScriptedArray implements AutoCloseable {
    static final String TOKEN = "6c1b16ce-1c03-4d1c-b974-33405cf8d565";
    static final Pauses QUICK = new Pauses(Duration.ofMillis(1), 6, Duration.ofMinutes(1));

    private final ServerCertificate certificate;
    private final WebServer server;
    private final Handler answers;
    private final AtomicInteger logins = new AtomicInteger();

    /** Method and path of each request but those for versions and login. */
    final List<String> requests = new CopyOnWriteArrayList<>();

    volatile String versions = "[\"1.19\", \"2.2\", \"2.9\", \"2.21\", \"2.24\", \"2.26\", \"2.60\"]";
    volatile String accepted = TOKEN;

    ScriptedArray(Path folder, Handler answers) throws IOException {
        this.answers = answers;
        var loopback = InetAddress.getLoopbackAddress();
        certificate = ServerCertificate.ensure(folder, "array", List.of(loopback), List.of());
        var listener =
                new Listener.Https(new InetSocketAddress(loopback, 0), certificate, Listener.TlsPolicy.SERVER_ONLY);
        server = WebServer.start("scripted-array", this::handle, List.of(listener));
    }

    static Response.Whole json(String text) {
        return Response.json(200, text.getBytes(StandardCharsets.UTF_8));
    }

    static Response.Whole error(int status, String words) {
        var text = "{\"errors\":[{\"context\":\"x\",\"message\":\"" + words + "\"}]}";
        return Response.json(status, text.getBytes(StandardCharsets.UTF_8));
    }

    /** A pool "p" of this array, trusted by its certificate; pauses are short. */
    StorageArray open() {
        return open(Map.of());
    }

    StorageArray open(Map<String, String> config) {
        return new PureDriver(QUICK).open(settings(config));
    }

    PoolSettings settings(Map<String, String> config) {
        var all = new HashMap<>(Map.of(
                PureKeys.ARRAY.gateway(),
                "https://127.0.0.1:" + port(),
                PureKeys.TOKEN,
                TOKEN,
                PureKeys.ARRAY.certificates(),
                certificate.pem()));
        all.putAll(config);
        return new PoolSettings("p", all, Path.of("/nonexistent"));
    }

    int port() {
        return server.addresses().getFirst().getPort();
    }

    int logins() {
        return logins.get();
    }

    private Response handle(Request request) throws Exception {
        request.body(1 << 20); // a server that leaves it unread closes the connection
        var path = request.rawPath();
        if (path.equals("/api/api_version")) return json("{\"version\": " + versions + "}");
        if (path.endsWith("/login")) {
            if (!request.header("api-token").orElse("").equals(accepted)) return error(401, "Invalid credentials.");
            return json("{\"items\":[{\"username\":\"pureuser\"}]}")
                    .with("x-auth-token", "session-" + logins.incrementAndGet());
        }
        requests.add(request.method() + " " + path);
        return answers.handle(request);
    }

    @Override
    public void close() {
        server.close();
    }
}
