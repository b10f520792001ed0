package io.stowage.array.wsapi;

import io.stowage.array.ArrayEndpoints;
import io.stowage.web.client.Trust;
import io.stowage.web.client.WebClient;
import io.stowage.web.client.WebRequest;
import io.stowage.web.client.WebResponse;
import io.stowage.web.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/** A client of the Alletra's API over TLS, with the array's certificate as its only authority. */
public final class Wsapi implements AutoCloseable {
    /** However busy the machine is: who waits longer waits for an array that hangs. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final WebClient client;
    private String key = "";

    private Wsapi(WebClient client) {
        this.client = client;
    }

    public static Wsapi login(ArrayEndpoints endpoints) throws IOException {
        var alletra = endpoints.alletra();
        var pem = Files.readString(Path.of(alletra.certificate()));
        var wsapi = new Wsapi(new WebClient(URI.create(alletra.management()), Trust.pem(pem)));
        var credentials = Json.object().put("user", alletra.user()).put("password", alletra.password());
        wsapi.key =
                wsapi.post("credentials", Json.text(credentials)).path("key").asString();
        return wsapi;
    }

    public JsonNode get(String path) {
        return expect(200, WebRequest.of("GET", "/api/v1/" + path)).json();
    }

    /** Something is made. @param body apostrophes stand for quotation marks */
    public JsonNode post(String path, String body) {
        var bytes = body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        var answer = expect(201, WebRequest.of("POST", "/api/v1/" + path).json(bytes));
        return answer.body().length == 0 ? Json.object() : answer.json();
    }

    /** Something is changed. @param body apostrophes stand for quotation marks */
    public void put(String path, String body) {
        var bytes = body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        expect(200, WebRequest.of("PUT", "/api/v1/" + path).json(bytes));
    }

    private WebResponse expect(int status, WebRequest request) {
        var answer = send(request.header("x-hp3par-wsapi-sessionkey", key).deadline(PATIENCE));
        if (answer.status() != status) {
            throw new AssertionError(answer.status() + " " + answer.text());
        }
        return answer;
    }

    private WebResponse send(WebRequest request) {
        while (true) {
            try {
                return client.send(request);
            } catch (HttpConnectTimeoutException e) {
                continue; // of a busy machine; nothing was sent
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
