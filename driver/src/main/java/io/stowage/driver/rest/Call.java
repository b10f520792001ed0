package io.stowage.driver.rest;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request of the REST API.
 *
 * @param doing what it does, for errors, as in: The array refused to <i>create volume "p::v"</i>
 * @param query raw, percent-encoded {@code name=value} pairs
 * @param body is written as JSON
 */
public record Call(
        Repeat repeat,
        String doing,
        String method,
        String path,
        List<String> query,
        @Nullable Object body) {
    /** What to do when there was no answer, so that the request may or may not have had its effect. */
    public enum Repeat {
        /** Send it again: a second effect is none, or is answered by a refusal that the caller understands. */
        FREELY,
        /** Tell the caller: a late effect could overwrite what came after. */
        NEVER
    }

    public static Call get(String doing, String path) {
        return new Call(Repeat.FREELY, doing, "GET", path, List.of(), null);
    }

    public static Call post(String doing, String path) {
        return new Call(Repeat.FREELY, doing, "POST", path, List.of(), null);
    }

    public static Call patch(String doing, String path) {
        return new Call(Repeat.FREELY, doing, "PATCH", path, List.of(), null);
    }

    public static Call put(String doing, String path) {
        return new Call(Repeat.FREELY, doing, "PUT", path, List.of(), null);
    }

    public static Call delete(String doing, String path) {
        return new Call(Repeat.FREELY, doing, "DELETE", path, List.of(), null);
    }

    /** The same for something below the path; its name is encoded here. */
    public Call below(String name) {
        return new Call(repeat, doing, method, path + "/" + encoded(name), query, body);
    }

    /** With one more query parameter; the value is encoded here. */
    public Call with(String name, String value) {
        var more = new ArrayList<>(query);
        more.add(name + "=" + encoded(value));
        return new Call(repeat, doing, method, path, List.copyOf(more), body);
    }

    private static String encoded(String text) {
        // URLEncoder writes forms: a blank becomes "+", which not every server reads as a blank.
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    public Call body(Object content) {
        return new Call(repeat, doing, method, path, query, content);
    }

    public Call body(String key, Object value) {
        return body(Map.of(key, value));
    }

    /** It is not sent again when whether it had its effect is not known. */
    public Call once() {
        return new Call(Repeat.NEVER, doing, method, path, query, body);
    }

    /** The path with the query, below the API's root. */
    public String target() {
        return query.isEmpty() ? path : path + "?" + String.join("&", query);
    }
}
