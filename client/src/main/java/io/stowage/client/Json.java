package io.stowage.client;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A JSON value (RFC 8259). Reading a member that is not there gives {@link #NULL}, so that paths can be followed. */
public sealed interface Json {
    Json NULL = new Null();

    record Null() implements Json {}

    record Bool(boolean value) implements Json {}

    /** A number as it was written, so that nothing is lost. */
    record Num(String text) implements Json {}

    record Str(String value) implements Json {}

    record Arr(List<Json> items) implements Json {
        public Arr {
            items = List.copyOf(items);
        }
    }

    /** Members in the order in which they were written. */
    record Obj(Map<String, Json> members) implements Json {}

    /** @throws IllegalArgumentException if the text is not one JSON value */
    static Json parse(String text) {
        return new JsonReader(text).document();
    }

    static Json of(@Nullable Object value) {
        return switch (value) {
            case null -> NULL;
            case Json json -> json;
            case Boolean flag -> new Bool(flag);
            case Number number -> new Num(number.toString());
            case Map<?, ?> map -> {
                Map<String, Json> members = new LinkedHashMap<>();
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    members.put(String.valueOf(entry.getKey()), of(entry.getValue()));
                }
                yield new Obj(members);
            }
            case List<?> list -> new Arr(list.stream().map(Json::of).toList());
            default -> new Str(value.toString());
        };
    }

    default Json get(String member) {
        return this instanceof Obj(var members) ? members.getOrDefault(member, NULL) : NULL;
    }

    /** Items of a list; none for everything else. */
    default List<Json> items() {
        return this instanceof Arr(var items) ? items : List.of();
    }

    /** Members of an object; none for everything else. */
    default Map<String, Json> fields() {
        return this instanceof Obj(var members) ? members : Map.of();
    }

    /** The text of a string, number or boolean; empty for everything else. */
    default String text() {
        // Not a switch over types: linking one takes ten milliseconds of each command's start.
        if (this instanceof Str(var value)) return value;
        if (this instanceof Num(var text)) return text;
        return this instanceof Bool(var value) ? String.valueOf(value) : "";
    }

    /** The number, or {@code otherwise} for what is none. */
    default long number(long otherwise) {
        return this instanceof Num(var text) ? (long) Double.parseDouble(text) : otherwise;
    }

    default boolean isNull() {
        return this instanceof Null;
    }

    /** On one line. */
    default String compact() {
        return JsonWriter.write(this, false);
    }

    /** On many lines, two blanks for each level. */
    default String pretty() {
        return JsonWriter.write(this, true);
    }
}
