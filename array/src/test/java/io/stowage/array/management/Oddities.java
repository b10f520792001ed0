package io.stowage.array.management;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** What no client should send: for requests that are nearly right. */
public final class Oddities {
    /** Texts that somebody may stumble over. */
    public static final List<String> TEXTS = List.of(
            "",
            " ",
            "\0",
            "'",
            "''",
            "\"",
            "\\",
            ",",
            ",,,",
            "*",
            "**",
            "%",
            "a\nb",
            "ä",
            "\uD800",
            "😀",
            "::",
            "::a",
            "a::",
            "a::b::c",
            ".",
            "..",
            "a.",
            ".a",
            "/",
            "a/",
            "/a",
            "null",
            "true",
            "-1",
            "1e9",
            "NaN",
            "x".repeat(63),
            "x".repeat(64),
            "x".repeat(5000),
            "../../etc/passwd",
            "${jndi:x}",
            "<b>",
            "a=b&c=d");
    /** The same of numbers, as JSON has them. */
    public static final List<String> NUMBERS = List.of(
            "0",
            "1",
            "-1",
            "2",
            "100",
            "511",
            "512",
            "1048575",
            "1048576",
            "1048577",
            "4194304",
            "1073741824",
            "4503599627370496",
            "4503599627371008",
            "86400000",
            "2592000000",
            "2147483647",
            "2147483648",
            "-2147483649",
            "9223372036854775807",
            "9223372036854775808",
            "-9223372036854775809",
            "1.5",
            "1e3",
            "1e400",
            "-0",
            "0.0",
            "9".repeat(400),
            "9".repeat(2000),
            "1e" + "9".repeat(9));

    private final Random random;

    public Oddities(Random random) {
        this.random = random;
    }

    /** Deep, long or wide JSON, with these names of a text and of a number. */
    public String bomb(String text, String number) {
        var many = 1 + random.nextInt(20_000);
        return switch (random.nextInt(5)) {
            case 0 -> "[".repeat(many);
            case 1 -> ("{\"" + text + "\":").repeat(many);
            case 2 -> "{\"" + number + "\":" + "1".repeat(many) + "}";
            case 3 -> "{\"" + text + "\":\"" + "\\u0061".repeat(many) + "\"}";
            default -> "[" + "{},".repeat(many) + "{}]";
        };
    }

    /** With a character more or less, or cut. */
    public String mutated(String text) {
        if (text.isEmpty()) {
            return text;
        }
        var at = random.nextInt(text.length());
        return switch (random.nextInt(3)) {
            case 0 -> text.substring(0, at);
            case 1 -> text.substring(0, at) + (char) random.nextInt(256) + text.substring(at);
            default -> text.substring(0, at) + text.substring(at + 1);
        };
    }

    /** As URLs have it. */
    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** As JSON has it. */
    public static String quoted(String text) {
        var escaped = new StringBuilder("\"");
        for (var c : text.toCharArray()) {
            escaped.append(c < ' ' || c == '"' || c == '\\' ? "\\u%04x".formatted((int) c) : String.valueOf(c));
        }
        return escaped.append('"').toString();
    }

    public boolean oneIn(int many) {
        return random.nextInt(many) == 0;
    }

    public <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
