package io.stowage.web.client;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One request of a client.
 *
 * @param target path with query, percent-encoded, appended to the client's base URL
 * @param body empty for none
 * @param deadline from the start to the last byte of the answer
 */
public record WebRequest(String method, String target, Map<String, String> headers, byte[] body, Duration deadline) {
    /** Deadline where none is given. */
    public static final Duration DEFAULT_DEADLINE = Duration.ofSeconds(60);

    public WebRequest {
        headers = Map.copyOf(headers);
    }

    public static WebRequest of(String method, String target) {
        return new WebRequest(method, target, Map.of(), new byte[0], DEFAULT_DEADLINE);
    }

    /** The same with one more header. */
    public WebRequest header(String name, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new WebRequest(method, target, more, body, deadline);
    }

    /** The same with a JSON body. */
    public WebRequest json(byte[] json) {
        return new WebRequest(method, target, headers, json, deadline).header("Content-Type", "application/json");
    }

    /** The same with another deadline. */
    public WebRequest deadline(Duration other) {
        return new WebRequest(method, target, headers, body, other);
    }

    @Override
    public String toString() {
        return method + " " + target; // headers and body may hold secrets
    }
}
