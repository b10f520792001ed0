package io.stowage.tests.arena;

import io.stowage.client.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** An administrator's look at the array, past our driver: the JDK's HTTP client and the array's REST API. */
public final class FlashArrayApi implements AutoCloseable {
    private static final String VERSION = "/api/2.26";

    private final HttpClient http;
    private final String gateway;
    private final String session;

    private FlashArrayApi(HttpClient http, String gateway, String apiToken) {
        this.http = http;
        this.gateway = gateway;
        HttpRequest login = HttpRequest.newBuilder(URI.create(gateway + VERSION + "/login"))
                .header("api-token", apiToken)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        this.session = send(login).headers().firstValue("x-auth-token").orElseThrow();
    }

    public static FlashArrayApi of(ArrayInABox array) {
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(trusting(array.pem()))
                .build();
        return new FlashArrayApi(http, array.gateway(), array.apiToken());
    }

    private static SSLContext trusting(String pem) {
        try {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null);
            trusted.setCertificateEntry(
                    "array",
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8))));
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, factory.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @param path with its query, below the API's version */
    public List<Json> items(String path) {
        return request("GET", path, "").get("items").items();
    }

    public Json request(String method, String path, String body) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(gateway + VERSION + path)).header("x-auth-token", session);
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        String answer = send(request.method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build())
                .body();
        return answer.isEmpty() ? Json.NULL : Json.parse(answer);
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() >= 300) {
                throw new AssertionError(
                        request.method() + " " + request.uri() + ": " + response.statusCode() + " " + response.body());
            }
            return response;
        } catch (IOException e) {
            throw new AssertionError(request.uri() + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Names of the volumes of a pool that are not destroyed. */
    public List<String> volumes(String pool) {
        return names("/volumes", "pod.name='" + pool + "'");
    }

    public List<String> snapshots(String pool) {
        return names("/volume-snapshots", "pod.name='" + pool + "'");
    }

    /** Everything that a pool, volume or attachment could have left on the array. */
    public List<String> everything() {
        return java.util.stream.Stream.of("/pods", "/volumes", "/volume-snapshots", "/hosts", "/connections")
                .flatMap(kind -> items(kind).stream()
                        .filter(item -> !item.get("destroyed").text().equals("true"))
                        .map(item -> kind + " " + item.get("name").text()
                                + item.get("volume").get("name").text()))
                .sorted()
                .toList();
    }

    private List<String> names(String path, String filter) {
        return items(path + "?destroyed=false&filter=" + URLEncoder.encode(filter, StandardCharsets.UTF_8)).stream()
                .map(item -> item.get("name").text())
                .sorted()
                .toList();
    }

    @Override
    public void close() {
        http.close();
    }
}
