package io.stowage.web.json;

import java.util.Objects;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads and writes JSON in UTF-8. Records are written in the order of their components; a missing or
 * null field of a primitive type becomes zero or false, of any other type null.
 */
public final class Json {
    private static final int DEEPEST = 100;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .build())
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    /**
     * Reads JSON into a tree.
     *
     * @throws MalformedJson it isn't JSON
     */
    public static JsonNode tree(byte[] json) {
        try {
            return MAPPER.readTree(json);
        } catch (JacksonException e) {
            throw malformed(e);
        }
    }

    /**
     * Reads JSON into a record.
     *
     * @throws MalformedJson it isn't JSON, or doesn't fit the record, or is {@code null}
     */
    public static <T> T read(byte[] json, Class<T> type) {
        try {
            return Objects.requireNonNull(MAPPER.readValue(json, type), "null");
        } catch (JacksonException e) {
            throw malformed(e);
        } catch (NullPointerException e) {
            throw new MalformedJson("expected an object, found null", e);
        }
    }

    /** Turns a tree into a record, with the rules of {@link #read}. */
    public static <T> T convert(JsonNode tree, Class<T> type) {
        try {
            return MAPPER.treeToValue(tree, type);
        } catch (JacksonException e) {
            throw malformed(e);
        }
    }

    /** Writes records, maps, lists and trees; no line end follows. */
    public static byte[] write(Object value) {
        return MAPPER.writeValueAsBytes(value);
    }

    /** Writes like {@link #write}, into a string. */
    public static String text(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    /** Turns records, maps and lists into a tree. */
    public static JsonNode toTree(Object value) {
        return MAPPER.valueToTree(value);
    }

    /** A new, empty object. */
    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** A new, empty array. */
    public static ArrayNode array() {
        return MAPPER.createArrayNode();
    }

    private static MalformedJson malformed(JacksonException e) {
        var place = e.getLocation();
        var where = place == null || place.getLineNr() <= 0
                ? ""
                : " (line %d, column %d)".formatted(place.getLineNr(), place.getColumnNr());
        // Where the unfinished object begins is not known, and it says so at length.
        var what = String.valueOf(e.getOriginalMessage()).replaceFirst(" \\(start marker at .*\\)$", "");
        return new MalformedJson(what + where, e);
    }
}
