package io.stowage.web.client;

import io.stowage.web.json.Json;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A whole answer. */
public record WebResponse(int status, HttpHeaders headers, byte[] body) {
    /** The first header of this name, whatever its case. */
    public Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    /**
     * The body as JSON.
     *
     * @throws io.stowage.web.json.MalformedJson it isn't
     */
    public JsonNode json() {
        return Json.tree(body);
    }

    /** The body as text in UTF-8. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
