package io.stowage.driver.alletra;

import io.stowage.driver.PoolSettings;
import io.stowage.driver.StorageArray;
import io.stowage.driver.rest.Pauses;
import io.stowage.web.Handler;
import io.stowage.web.Listener;
import io.stowage.web.Request;
import io.stowage.web.Response;
import io.stowage.web.WebServer;
import io.stowage.web.json.Json;
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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers like an array that says what the test wants it to say: for what no array says at will. */
final class ScriptedWsapi implements AutoCloseable {
    static final String PASSWORD = "6c1b16ce-very-secret";
    static final Pauses QUICK = new Pauses(Duration.ofMillis(1), 6, Duration.ofMinutes(1));

    private final ServerCertificate certificate;
    private final WebServer server;
    private final Handler answers;
    private final AtomicInteger logins = new AtomicInteger();
    /** The keys that are valid. */
    final Set<String> sessions = ConcurrentHashMap.newKeySet();
    /** Method and path with query of each request but those for sessions. */
    final List<String> requests = new CopyOnWriteArrayList<>();
    /** Bodies of the same requests. */
    final List<String> bodies = new CopyOnWriteArrayList<>();

    ScriptedWsapi(Path folder, Handler answers) throws IOException {
        this.answers = answers;
        var loopback = InetAddress.getLoopbackAddress();
        certificate = ServerCertificate.ensure(folder, "array", List.of(loopback), List.of());
        var listener =
                new Listener.Https(new InetSocketAddress(loopback, 0), certificate, Listener.TlsPolicy.SERVER_ONLY);
        server = WebServer.start("scripted-wsapi", this::handle, List.of(listener));
    }

    static Response.Whole json(int status, String text) {
        return Response.json(status, text.getBytes(StandardCharsets.UTF_8));
    }

    /** As section 1 of the reference has errors. */
    static Response.Whole error(int status, int code, String words) {
        return json(status, "{\"code\":%d,\"desc\":\"%s\"}".formatted(code, words));
    }

    /** A pool "p" of this array, trusted by its certificate; pauses are short. */
    StorageArray open() {
        return open(Map.of());
    }

    StorageArray open(Map<String, String> config) {
        return new AlletraDriver(QUICK).open(settings(config));
    }

    PoolSettings settings(Map<String, String> config) {
        var all = new HashMap<>(Map.of(
                AlletraKeys.ARRAY.gateway(),
                "https://127.0.0.1:" + server.addresses().getFirst().getPort(),
                AlletraKeys.ARRAY.certificates(),
                certificate.pem(),
                AlletraKeys.USER,
                "stowage",
                AlletraKeys.PASSWORD,
                PASSWORD,
                AlletraKeys.CPG,
                "SSD_r6"));
        all.putAll(config);
        return new PoolSettings("p", all, Path.of("/nonexistent"));
    }

    int logins() {
        return logins.get();
    }

    private Response handle(Request request) throws Exception {
        var body = new String(request.body(1 << 20), StandardCharsets.UTF_8);
        var path = request.rawPath();
        if (path.equals("/api/v1/credentials")) return logIn(body);
        var key = request.header("X-HP3PAR-WSAPI-SessionKey").orElse("");
        if (!sessions.contains(key)) return error(403, 6, "invalid session key");
        if (path.startsWith("/api/v1/credentials/")) {
            sessions.remove(path.substring(path.lastIndexOf('/') + 1));
            return json(200, "");
        }
        requests.add(request.method() + " " + path);
        bodies.add(body);
        return answers.handle(request);
    }

    private Response logIn(String body) {
        var credentials = Json.tree(body.getBytes(StandardCharsets.UTF_8));
        if (!credentials.path("password").asString("").equals(PASSWORD))
            return error(403, 5, "invalid username or password");
        var key = "0-key" + logins.incrementAndGet();
        sessions.add(key);
        return json(201, "{\"key\":\"" + key + "\"}");
    }

    @Override
    public void close() {
        server.close();
    }
}
