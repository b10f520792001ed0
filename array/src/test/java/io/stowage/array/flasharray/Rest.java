package io.stowage.array.flasharray;

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
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A client of the management API over TLS, with the array's certificate as its only authority. */
public final class Rest implements AutoCloseable {
    /** However busy the machine is: who waits longer waits for an array that hangs. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final WebClient client;
    private final String version;
    private String session = "";

    private Rest(WebClient client, String version) {
        this.client = client;
        this.version = version;
    }

    public static Rest login(ArrayEndpoints endpoints, String version) {
        var rest = anonymous(endpoints, version);
        var answer = rest.login(endpoints.flasharray().apiToken());
        if (answer.status() != 200) {
            rest.close();
            throw new AssertionError("login: " + answer.status() + " " + answer.text());
        }
        return rest;
    }

    static Rest anonymous(ArrayEndpoints endpoints, String version) {
        try {
            var pem = Files.readString(Path.of(endpoints.flasharray().certificate()));
            return new Rest(new WebClient(URI.create(endpoints.flasharray().management()), Trust.pem(pem)), version);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    WebResponse login(String token) {
        var answer = raw(WebRequest.of("POST", path("login")).header("api-token", token));
        session = answer.header("x-auth-token").orElse("");
        return answer;
    }

    WebResponse raw(WebRequest request) {
        var patient = request.deadline(PATIENCE);
        while (true) {
            try {
                return client.send(session.isEmpty() ? patient : patient.header("x-auth-token", session));
            } catch (HttpConnectTimeoutException e) {
                continue; // of a busy machine; nothing was sent
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    String path(String rest) {
        return "/api/" + version + "/" + rest;
    }

    /** The items of a call that has to succeed. */
    public List<JsonNode> get(String target) {
        return items(ok(raw(WebRequest.of("GET", path(target)))));
    }

    JsonNode page(String target) {
        return ok(raw(WebRequest.of("GET", path(target)))).json();
    }

    public JsonNode one(String target) {
        var items = get(target);
        if (items.size() != 1) {
            throw new AssertionError(target + " has " + items.size() + " items");
        }
        return items.getFirst();
    }

    public List<String> names(String target) {
        return get(target).stream().map(item -> item.path("name").asString()).toList();
    }

    public List<JsonNode> post(String target, String body) {
        return items(ok(send("POST", target, body)));
    }

    public List<JsonNode> patch(String target, String body) {
        return items(ok(send("PATCH", target, body)));
    }

    List<JsonNode> put(String target, String body) {
        return items(ok(send("PUT", target, body)));
    }

    public void delete(String target) {
        var answer = ok(send("DELETE", target, ""));
        if (answer.body().length != 0) {
            throw new AssertionError("DELETE answers nothing: " + answer.text());
        }
    }

    /** What the array says against a call: {@code STATUS CONTEXT: MESSAGE}, one for each problem. */
    List<String> refused(String method, String target, String body) {
        var answer = send(method, target, body);
        if (answer.status() == 200) {
            throw new AssertionError(method + " " + target + " is not refused: " + answer.text());
        }
        var problems = new ArrayList<String>();
        for (var error : answer.json().path("errors")) {
            var context =
                    error.path("context").isNull() ? "-" : error.path("context").asString();
            problems.add(answer.status() + " " + context + ": "
                    + error.path("message").asString());
        }
        return problems;
    }

    WebResponse send(String method, String target, String body) {
        var request = WebRequest.of(method, path(target));
        return raw(
                body.isEmpty() ? request : request.json(body.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
    }

    private static WebResponse ok(WebResponse answer) {
        if (answer.status() != 200) {
            throw new AssertionError(answer.status() + " " + answer.text());
        }
        return answer;
    }

    private static List<JsonNode> items(WebResponse answer) {
        var items = new ArrayList<JsonNode>();
        Json.tree(answer.body()).path("items").forEach(items::add);
        return items;
    }

    @Override
    public void close() {
        client.close();
    }
}
