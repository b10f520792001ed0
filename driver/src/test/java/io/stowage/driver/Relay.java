package io.stowage.driver;

import io.stowage.web.Listener;
import io.stowage.web.Request;
import io.stowage.web.Response;
import io.stowage.web.WebServer;
import io.stowage.web.client.Trust;
import io.stowage.web.client.WebClient;
import io.stowage.web.client.WebRequest;
import io.stowage.web.tls.ServerCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between a driver and a real array's management: counts the requests, and loses answers after the array has done what
 * was asked.
 */
public final class Relay implements AutoCloseable {
    private static final int LARGEST = 1 << 20;
    private static final Set<String> PASSED =
            Set.of("accept", "content-type", "x-auth-token", "api-token", "x-hp3par-wsapi-sessionkey");

    private static final Set<String> ERADICATED =
            Set.of("/pods", "/volumes", "/volume-snapshots", "/protection-groups");

    private final WebClient array;
    private final WebServer server;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger losses = new AtomicInteger();
    private volatile boolean safeMode;

    public Relay(URI management, ServerCertificate certificate) throws IOException {
        array = new WebClient(management, Trust.pem(certificate.pem()));
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        server = WebServer.start(
                "relay", this::pass, List.of(new Listener.Https(address, certificate, Listener.TlsPolicy.SERVER_ONLY)));
    }

    public URI address() {
        return URI.create("https://127.0.0.1:" + server.addresses().getFirst().getPort());
    }

    /** Loses the answers of the next changes; reads and logins get theirs. */
    public void loseAnswers(int count) {
        losses.set(count);
    }

    /** From now on nothing that is destroyed can be eradicated, as on an array in SafeMode. */
    public void safeMode() {
        safeMode = true;
    }

    /** How many answers that were to be lost have not been yet. */
    public int lossesLeft() {
        return losses.get();
    }

    /** The requests since the last call, as method and path; versions and login left out. */
    public List<String> takeRequests() {
        var taken = new ArrayList<>(requests);
        requests.clear();
        return taken;
    }

    private Response pass(Request request) throws IOException {
        var path = request.rawPath();
        var isSession = path.endsWith("/api_version") || path.endsWith("/login") || path.endsWith("/logout");
        if (!isSession) requests.add(request.method() + " " + path.replaceFirst("^/api/[0-9.]+/", ""));
        var forwarded = forwarded(request);
        if (safeMode && request.method().equals("DELETE") && ERADICATED.stream().anyMatch(path::endsWith))
            return Response.json(
                    400, "{\"errors\":[{\"message\":\"Eradication is disabled.\"}]}".getBytes(StandardCharsets.UTF_8));
        var answer = array.send(forwarded);
        if (!isSession && !request.method().equals("GET") && losses.getAndUpdate(left -> Math.max(0, left - 1)) > 0)
            return new Response.Dropped();
        var headers = new LinkedHashMap<String, String>();
        answer.header("content-type").ifPresent(type -> headers.put("Content-Type", type));
        answer.header("x-auth-token").ifPresent(token -> headers.put("x-auth-token", token));
        answer.header("location").ifPresent(location -> headers.put("Location", location));
        return new Response.Whole(answer.status(), headers, answer.body());
    }

    private static WebRequest forwarded(Request request) throws IOException {
        var query = new ArrayList<String>();
        request.query()
                .parameters()
                .forEach((name, values) -> values.forEach(
                        value -> query.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8))));
        var target = request.rawPath() + (query.isEmpty() ? "" : "?" + String.join("&", query));
        var forwarded = WebRequest.of(request.method(), target);
        for (var name : PASSED) {
            var value = request.header(name);
            if (value.isPresent()) forwarded = forwarded.header(name, value.get());
        }
        var body = request.body(LARGEST);
        return new WebRequest(forwarded.method(), target, forwarded.headers(), body, forwarded.deadline());
    }

    @Override
    public void close() {
        server.close();
        array.close();
    }
}
