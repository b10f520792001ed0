package io.stowage.server.stub;

import io.stowage.web.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What the server answered, headers by their names in lower case. */
public record Answer(int status, Map<String, String> headers, String body) {
    public JsonNode envelope() {
        return Json.tree(body.getBytes(StandardCharsets.UTF_8));
    }

    public JsonNode metadata() {
        return envelope().get("metadata");
    }

    public String error() {
        return envelope().get("error").asString();
    }

    public String etag() {
        return headers.getOrDefault("etag", "");
    }
}
