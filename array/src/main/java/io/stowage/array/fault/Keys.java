package io.stowage.array.fault;

import io.stowage.web.json.Json;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.node.ObjectNode;

/** The keys of a line, with sentences for what is wrong with them. */
final class Keys {
    private final ObjectNode json;

    Keys(ObjectNode json) {
        this.json = json;
    }

    static String quoted(String text) {
        return Json.text(text);
    }

    /** Refuses keys that are in neither set. */
    void allow(String where, Set<String> some, Set<String> more) throws BadControl {
        var known = new TreeSet<>(some);
        known.addAll(more);
        for (var key : json.propertyNames()) {
            if (!known.contains(key)) {
                throw new BadControl(
                        "Unknown key %s for %s: known are %s.".formatted(quoted(key), where, String.join(", ", known)));
            }
        }
    }

    /** Refuses keys that mean nothing but for one kind. */
    void onlyFor(String kind, String their, String... keys) throws BadControl {
        for (var key : keys) {
            if (!kind.equals(their) && json.has(key)) {
                throw new BadControl("\"%s\" is only for \"do\": \"%s\".".formatted(key, their));
            }
        }
    }

    String requiredText(String key) throws BadControl {
        return text(key).orElseThrow(() -> new BadControl("\"%s\" is missing.".formatted(key)));
    }

    Optional<String> text(String key) throws BadControl {
        if (!json.has(key)) {
            return Optional.empty();
        }
        var value = json.path(key);
        if (!value.isString()) {
            throw BadControl.invalid(key, value, "a text");
        }
        return Optional.of(value.stringValue());
    }

    Optional<Long> number(String key, long least, long most) throws BadControl {
        if (!json.has(key)) {
            return Optional.empty();
        }
        var value = json.path(key);
        if (!value.isIntegralNumber()
                || !value.canConvertToLong()
                || value.longValue() < least
                || value.longValue() > most) {
            throw BadControl.invalid(key, value, "a whole number from %d to %d".formatted(least, most));
        }
        return Optional.of(value.longValue());
    }
}
