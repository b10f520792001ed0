package io.stowage.array.wsapi.rest;

import io.stowage.web.json.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a request that was carried out is answered with.
 *
 * @param status 200 or 201
 * @param location path of what was made or changed, percent-encoded
 * @param body empty for none
 */
public record Answer(int status, Optional<String> location, Optional<ObjectNode> body) {
    /** What was asked for is done. */
    public static Answer done() {
        return new Answer(200, Optional.empty(), Optional.empty());
    }

    /**
     * Something was made.
     *
     * @param path its segments below {@code /api/v1}, as they are
     */
    public static Answer created(String... path) {
        return new Answer(201, Optional.of(location(path)), Optional.empty());
    }

    public static Answer of(ObjectNode body) {
        return new Answer(200, Optional.empty(), Optional.of(body));
    }

    /** A collection, whole: there are no pages. */
    public static Answer members(List<ObjectNode> members) {
        var array = Json.array();
        members.forEach(array::add);
        var body = Json.object().put("total", members.size());
        body.set("members", array);
        return of(body);
    }

    /** The same, which says where the object is found. */
    public Answer at(String... path) {
        return new Answer(status, Optional.of(location(path)), body);
    }

    private static String location(String... path) {
        return Arrays.stream(path).map(Answer::encoded).collect(Collectors.joining("/", "/api/v1/", ""));
    }

    /** VLUNs have commas and colons in their paths, which clients split without decoding. */
    private static String encoded(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%2C", ",")
                .replace("%3A", ":");
    }
}
