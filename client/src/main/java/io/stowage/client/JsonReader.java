package io.stowage.client;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads JSON text (RFC 8259). */
final class JsonReader {
    /** Deeper than anything the API answers; keeps a broken peer from exhausting the stack. */
    private static final int MAX_DEPTH = 200;

    private final String text;
    private int at;

    JsonReader(String text) {
        this.text = text;
    }

    Json document() {
        Json value = value(0);
        skipBlanks();
        if (at < text.length()) {
            throw broken("the end");
        }
        return value;
    }

    private Json value(int depth) {
        if (depth > MAX_DEPTH) {
            throw broken("less nesting");
        }
        skipBlanks();
        return switch (peek()) {
            case '{' -> object(depth);
            case '[' -> array(depth);
            case '"' -> new Json.Str(string());
            case 't' -> word("true", new Json.Bool(true));
            case 'f' -> word("false", new Json.Bool(false));
            case 'n' -> word("null", Json.NULL);
            default -> number();
        };
    }

    private Json object(int depth) {
        at++;
        Map<String, Json> members = new LinkedHashMap<>();
        if (!accept('}')) {
            do {
                skipBlanks();
                if (peek() != '"') {
                    throw broken("a member's name");
                }
                String name = string();
                expect(':');
                members.put(name, value(depth + 1));
            } while (accept(','));
            expect('}');
        }
        return new Json.Obj(members);
    }

    private Json array(int depth) {
        at++;
        List<Json> items = new ArrayList<>();
        if (!accept(']')) {
            do {
                items.add(value(depth + 1));
            } while (accept(','));
            expect(']');
        }
        return new Json.Arr(items);
    }

    private String string() {
        at++;
        StringBuilder out = new StringBuilder();
        while (true) {
            char c = next();
            if (c == '"') {
                return out.toString();
            }
            if (c < ' ') {
                throw broken("an escaped control character");
            }
            out.append(c == '\\' ? escaped() : c);
        }
    }

    private char escaped() {
        char c = next();
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> {
                int code = 0;
                for (int i = 0; i < 4; i++) {
                    int digit = Character.digit(next(), 16);
                    if (digit < 0) {
                        throw broken("four hexadecimal digits");
                    }
                    code = code * 16 + digit;
                }
                yield (char) code;
            }
            default -> throw broken("an escape");
        };
    }

    private Json number() {
        int start = at;
        while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        String number = text.substring(start, at);
        try {
            Double.parseDouble(number);
        } catch (NumberFormatException e) {
            at = start;
            throw broken("a value");
        }
        return new Json.Num(number);
    }

    private Json word(String word, Json value) {
        if (!text.startsWith(word, at)) {
            throw broken(word);
        }
        at += word.length();
        return value;
    }

    private void skipBlanks() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private boolean accept(char c) {
        skipBlanks();
        if (at < text.length() && text.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }

    private void expect(char c) {
        if (!accept(c)) {
            throw broken("'" + c + "'");
        }
    }

    private char peek() {
        if (at >= text.length()) {
            throw broken("a value");
        }
        return text.charAt(at);
    }

    private char next() {
        if (at >= text.length()) {
            throw broken("the end of a string");
        }
        return text.charAt(at++);
    }

    private IllegalArgumentException broken(String wanted) {
        return new IllegalArgumentException("not JSON: " + wanted + " expected at character " + at);
    }
}
