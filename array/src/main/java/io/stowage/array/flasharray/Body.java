package io.stowage.array.flasharray;

import io.stowage.web.json.Json;
import io.stowage.web.json.MalformedJson;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The JSON body of a request; an absent one is the same as an empty object. Wrong types are refused. */
final class Body {
    private final JsonNode json;

    private Body(JsonNode json) {
        this.json = json;
    }

    static Body of(JsonNode json) {
        return new Body(json);
    }

    static Body parse(byte[] bytes) {
        if (bytes.length == 0) {
            return new Body(Json.object());
        }
        try {
            var json = Json.tree(bytes);
            if (json.isObject() || json.isArray()) {
                return new Body(json);
            }
        } catch (MalformedJson e) {
            // refused below, without the parser's words
        }
        throw Refusal.of(Wording.MALFORMED_BODY);
    }

    boolean has(String key) {
        return json.has(key);
    }

    /** Refuses a body that has none of these attributes, as the array does. */
    void requireAny(String... keys) {
        if (Arrays.stream(keys).noneMatch(this::has)) {
            throw Refusal.of(Wording.NO_ATTRIBUTE);
        }
    }

    /** A text; empty when the attribute is absent or null. */
    Optional<String> text(String key) {
        return present(key).map(node -> {
            if (!node.isString()) {
                throw Refusal.of(Wording.invalidAttribute(key));
            }
            return node.stringValue();
        });
    }

    /** A text that has to be there. */
    String required(String key) {
        return text(key).filter(value -> !value.isEmpty()).orElseThrow(() -> Refusal.of(Wording.invalidAttribute(key)));
    }

    Optional<Boolean> flag(String key) {
        return present(key).map(node -> {
            if (!node.isBoolean()) {
                throw Refusal.of(Wording.invalidAttribute(key));
            }
            return node.booleanValue();
        });
    }

    /** A whole number; empty when the attribute is absent, null or the empty text, which clears limits. */
    Optional<Long> number(String key) {
        return present(key)
                .filter(node -> !(node.isString() && node.stringValue().isEmpty()))
                .map(node -> {
                    if (!node.isIntegralNumber() || !node.canConvertToLong()) {
                        throw Refusal.of(Wording.invalidAttribute(key));
                    }
                    return node.longValue();
                });
    }

    /** The name in a reference such as {@code {"pod": {"name": "p"}}}. */
    Optional<String> reference(String key) {
        return object(key).flatMap(reference -> reference.text("name"));
    }

    Optional<Body> object(String key) {
        return present(key).map(node -> {
            if (!node.isObject()) {
                throw Refusal.of(Wording.invalidAttribute(key));
            }
            return new Body(node);
        });
    }

    /** A list of texts; empty when the attribute is absent. */
    Optional<List<String>> texts(String key) {
        return present(key).map(node -> {
            var texts = new ArrayList<String>();
            if (!node.isArray()) {
                throw Refusal.of(Wording.invalidAttribute(key));
            }
            for (var element : node) {
                if (!element.isString()) {
                    throw Refusal.of(Wording.invalidAttribute(key));
                }
                texts.add(element.stringValue());
            }
            return List.copyOf(texts);
        });
    }

    /** The elements when the body itself is a list of objects. */
    List<Body> elements() {
        if (!json.isArray()) {
            throw Refusal.of(Wording.MALFORMED_BODY);
        }
        var elements = new ArrayList<Body>();
        for (var element : json) {
            if (!element.isObject()) {
                throw Refusal.of(Wording.MALFORMED_BODY);
            }
            elements.add(new Body(element));
        }
        return elements;
    }

    boolean isEmptyText(String key) {
        return present(key)
                .filter(node -> node.isString() && node.stringValue().isEmpty())
                .isPresent();
    }

    /** A list of objects; empty when the attribute is absent. */
    Optional<List<Body>> objects(String key) {
        return present(key).map(node -> {
            if (!node.isArray()) {
                throw Refusal.of(Wording.invalidAttribute(key));
            }
            return new Body(node).elements();
        });
    }

    private Optional<JsonNode> present(String key) {
        @Nullable JsonNode node = json.get(key);
        return Optional.ofNullable(node).filter(found -> !found.isNull());
    }
}
