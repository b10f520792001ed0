package io.stowage.client;

import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Consumer;

/** Writes JSON text (RFC 8259). */
final class JsonWriter {
    private final StringBuilder out = new StringBuilder();
    private final boolean pretty;

    private JsonWriter(boolean pretty) {
        this.pretty = pretty;
    }

    static String write(Json value, boolean pretty) {
        JsonWriter writer = new JsonWriter(pretty);
        writer.value(value, 0);
        return writer.out.toString();
    }

    private void value(Json value, int depth) {
        switch (value) {
            case Json.Null _ -> out.append("null");
            case Json.Bool(var flag) -> out.append(flag);
            case Json.Num(var text) -> out.append(text);
            case Json.Str(var text) -> string(text);
            case Json.Arr(var items) -> between('[', ']', items, depth, item -> value(item, depth + 1));
            case Json.Obj(var members) ->
                between('{', '}', members.entrySet(), depth, member -> member(member, depth + 1));
        }
    }

    private void member(Map.Entry<String, Json> member, int depth) {
        string(member.getKey());
        out.append(pretty ? ": " : ":");
        value(member.getValue(), depth);
    }

    private <T> void between(char open, char close, Collection<T> parts, int depth, Consumer<T> write) {
        out.append(open);
        for (Iterator<T> rest = parts.iterator(); rest.hasNext(); ) {
            newLine(depth + 1);
            write.accept(rest.next());
            if (rest.hasNext()) {
                out.append(',');
            }
        }
        if (!parts.isEmpty()) {
            newLine(depth);
        }
        out.append(close);
    }

    private void newLine(int depth) {
        if (pretty) {
            out.append('\n').repeat("  ", depth);
        }
    }

    private void string(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < ' ') {
                        out.append("\\u00")
                                .append(Character.forDigit(c >> 4, 16))
                                .append(Character.forDigit(c & 15, 16));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
