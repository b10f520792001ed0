package io.stowage.array.flasharray;

import io.stowage.web.Query;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One request, as the endpoints see it.
 *
 * @param pageLimit the longest page
 */
record Call(ApiVersion version, Query query, Body body, int pageLimit) {
    /** As far as the year 5138. */
    private static final Pattern MILLIS = Pattern.compile("[0-9]{1,14}");

    /** The same call with another body. */
    Call with(Body other) {
        return new Call(version, query, other, pageLimit);
    }

    Optional<String> parameter(String name) {
        return query.first(name);
    }

    boolean has(String name) {
        return query.first(name).isPresent();
    }

    /** A truth value; empty when the parameter is absent. */
    Optional<Boolean> flag(String name) {
        return parameter(name).map(value -> switch (value.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw Refusal.of(Wording.invalidParameter(name));
        });
    }

    boolean isSet(String name) {
        return flag(name).orElse(false);
    }

    /** A whole number, not negative. */
    Optional<Integer> number(String name) {
        return parameter(name)
                .map(value -> {
                    try {
                        return Integer.parseUnsignedInt(value);
                    } catch (NumberFormatException e) {
                        throw Refusal.of(Wording.invalidParameter(name));
                    }
                })
                .map(value -> {
                    if (value < 0) {
                        throw Refusal.of(Wording.invalidParameter(name));
                    }
                    return value;
                });
    }

    /** A number of milliseconds, a length or a time since 1970. */
    Optional<Long> millis(String name) {
        return parameter(name).map(value -> {
            if (!MILLIS.matcher(value).matches()) {
                throw Refusal.of(Wording.invalidParameter(name));
            }
            return Long.parseLong(value);
        });
    }

    /** A comma-separated list; empty when the parameter is absent. */
    List<String> list(String name) {
        return query.all(name).stream()
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .map(Call::unquoted)
                .filter(value -> !value.isEmpty())
                .toList();
    }

    /** As {@link #list}, refused when there is none. */
    List<String> requiredList(String name) {
        var list = list(name);
        if (list.isEmpty()) {
            throw Refusal.of(Wording.NAMES_REQUIRED);
        }
        return list;
    }

    /** The official client puts names in single quotes. */
    private static String unquoted(String value) {
        var quoted = value.length() >= 2 && value.startsWith("'") && value.endsWith("'");
        return quoted ? value.substring(1, value.length() - 1) : value;
    }
}
