package io.stowage.driver;

import io.stowage.model.VolumeKeys;
import io.stowage.web.json.Json;
import io.stowage.web.json.MalformedJson;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Recovery records as versioned JSON, in printing ASCII characters without blanks, so that no array's idea of characters
 * and no trimming can harm them.
 */
public final class RecoveryJson {
    private static final int VERSION = 1;

    private RecoveryJson() {}

    /** Writes a record as JSON, see {@link #write(RecoveryRecord, UnaryOperator, int)}. */
    public static String write(RecoveryRecord recovery, int limit) {
        return write(recovery, UnaryOperator.identity(), limit);
    }

    /**
     * Writes a record. What doesn't fit is left out, the least needed first: {@code user.*} keys from the longest on, then the
     * description, then other keys.
     *
     * @param form what becomes of the JSON
     * @param limit characters that the form may have
     * @throws IllegalArgumentException if the rest still doesn't fit
     */
    public static String write(RecoveryRecord recovery, UnaryOperator<String> form, int limit) {
        var config = new TreeMap<>(recovery.config());
        var description = recovery.description();
        while (true) {
            var text = form.apply(ascii(Json.text(tree(recovery, description, config))));
            if (text.length() <= limit) return text;
            var users = longest(config, key -> key.startsWith("user."));
            var others = longest(config, key -> !key.equals(VolumeKeys.UUID_KEY));
            if (users.isPresent()) config.remove(users.get());
            else if (!description.isEmpty()) description = "";
            else if (others.isPresent()) config.remove(others.get());
            else
                throw new IllegalArgumentException("The recovery record of %s \"%s\" is longer than %d characters"
                        .formatted(recovery.kind(), recovery.name(), limit));
        }
    }

    private static Optional<String> longest(Map<String, String> config, Predicate<String> which) {
        return config.keySet().stream()
                .filter(which)
                .max(Comparator.comparingInt(key -> config.getOrDefault(key, "").length()));
    }

    /** Reads a record; empty if the text is none, or one of a later version. */
    public static Optional<RecoveryRecord> read(String text) {
        try {
            var json = Json.tree(text.getBytes(StandardCharsets.UTF_8));
            if (json.path("v").asInt(0) != VERSION) return Optional.empty();
            var config = new TreeMap<String, String>();
            for (var entry : json.path("config").properties())
                config.put(entry.getKey(), entry.getValue().asString(""));
            var expires = json.path("expires").asString("");
            return Optional.of(new RecoveryRecord(
                    json.path("kind").asString(""),
                    json.path("project").asString(""),
                    json.path("name").asString(""),
                    json.path("description").asString(""),
                    json.path("type").asString(""),
                    json.path("content").asString(""),
                    Instant.parse(json.path("created").asString("")),
                    expires.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(expires)),
                    config));
        } catch (MalformedJson | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Map<String, Object> tree(RecoveryRecord recovery, String description, Map<String, String> config) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("v", VERSION);
        tree.put("kind", recovery.kind());
        tree.put("project", recovery.project());
        tree.put("name", recovery.name());
        if (!description.isEmpty()) tree.put("description", description);
        if (!recovery.type().isEmpty()) tree.put("type", recovery.type());
        if (!recovery.content().isEmpty()) tree.put("content", recovery.content());
        tree.put("created", recovery.created().toString());
        recovery.expires().ifPresent(expires -> tree.put("expires", expires.toString()));
        tree.put("config", config);
        return tree;
    }

    /** JSON allows any character of a string to be written as its number; outside of strings there are no blanks here. */
    private static String ascii(String json) {
        var text = new StringBuilder(json.length());
        json.chars().forEach(c -> {
            if (c > 0x20 && c < 0x7f) text.append((char) c);
            else text.append("\\u%04x".formatted(c));
        });
        return text.toString();
    }
}
