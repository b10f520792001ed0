package io.stowage.server.api;

import io.stowage.web.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON object of a request. Unknown fields are ignored, {@code null} counts as absent, and instead of the object as an
 * empty one, as with LXD.
 */
record Body(ObjectNode fields) {
    /**
     * @throws io.stowage.web.json.MalformedJson it isn't JSON
     * @throws ApiError 400 it is no object, or holds the character NUL or half a surrogate pair, which not every database can keep
     */
    static Body parse(byte[] json) {
        var tree = Json.tree(json);
        if (tree.isNull()) {
            return new Body(Json.object());
        }
        if (!(tree instanceof ObjectNode object)) {
            throw ApiError.badRequest("The body of the request must be a JSON object");
        }
        if (holdsAny(object, text -> text.indexOf(0) >= 0)) {
            throw ApiError.badRequest("The body of the request must not contain the character NUL (\\u0000)");
        }
        if (holdsAny(object, Body::isTorn)) {
            throw ApiError.badRequest(
                    "The body of the request must not contain half a surrogate pair (\\ud800 to \\udfff)");
        }
        return new Body(object);
    }

    private static boolean holdsAny(JsonNode node, Predicate<String> what) {
        return node.isString() && what.test(node.stringValue())
                || node.propertyStream()
                        .anyMatch(entry -> what.test(entry.getKey()) || holdsAny(entry.getValue(), what))
                || node.isArray() && node.valueStream().anyMatch(each -> holdsAny(each, what));
    }

    private static boolean isTorn(String text) {
        return text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    boolean has(String name) {
        return field(name).isPresent();
    }

    /** A text; empty when it is absent. */
    String text(String name) {
        return optionalText(name).orElse("");
    }

    Optional<String> optionalText(String name) {
        return field(name).map(value -> {
            if (!value.isString()) {
                throw ApiError.badRequest("Invalid value for %s: must be a string".formatted(name));
            }
            return value.stringValue();
        });
    }

    /** A boolean; false when it is absent. */
    boolean flag(String name) {
        return field(name)
                .map(value -> {
                    if (!value.isBoolean()) {
                        throw ApiError.badRequest("Invalid value for %s: must be true or false".formatted(name));
                    }
                    return value.booleanValue();
                })
                .orElse(false);
    }

    /** A list of texts; empty when it is absent. */
    List<String> texts(String name) {
        return field(name)
                .map(value -> {
                    if (!value.isArray() || !value.valueStream().allMatch(JsonNode::isString)) {
                        throw ApiError.badRequest("Invalid value for %s: must be a list of strings".formatted(name));
                    }
                    return value.valueStream().map(JsonNode::stringValue).toList();
                })
                .orElse(List.of());
    }

    /** A small whole number; 0 when it is absent. */
    int number(String name) {
        return field(name)
                .map(value -> {
                    if (!value.isInt()) {
                        throw ApiError.badRequest("Invalid value for %s: must be a whole number".formatted(name));
                    }
                    return value.intValue();
                })
                .orElse(0);
    }

    /** An object within; an empty one when it is absent. */
    Body object(String name) {
        return field(name)
                .map(value -> {
                    if (value instanceof ObjectNode object) {
                        return new Body(object);
                    }
                    throw ApiError.badRequest("Invalid value for %s: must be an object".formatted(name));
                })
                .orElseGet(() -> new Body(Json.object()));
    }

    /** A config: values are strings, though numbers and booleans are taken by their text; null is "". */
    Map<String, String> config() {
        return object("config").strings();
    }

    /** The devices of a profile: a config each. */
    Map<String, Map<String, String>> devices() {
        var devices = object("devices");
        var all = new TreeMap<String, Map<String, String>>();
        devices.fields()
                .propertyNames()
                .forEach(name -> all.put(name, devices.object(name).strings()));
        return all;
    }

    private Map<String, String> strings() {
        var strings = new TreeMap<String, String>();
        for (var entry : fields.properties()) {
            var value = entry.getValue();
            if (value.isContainer()) {
                throw ApiError.badRequest(
                        "Invalid value for config key %s: must be a string".formatted(entry.getKey()));
            }
            strings.put(entry.getKey(), value.isNull() ? "" : value.asString());
        }
        return strings;
    }

    private Optional<JsonNode> field(String name) {
        return Optional.<JsonNode>ofNullable(fields.get(name)).filter(value -> !value.isNull());
    }
}
