package io.stowage.web;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The parameters of a query string, in their order, decoded as forms are ({@code +} is a blank). */
public record Query(Map<String, List<String>> parameters) {
    public Query {
        parameters = Map.copyOf(parameters);
    }

    /**
     * Parses a raw query string without its question mark; a parameter without {@code =} has an
     * empty value.
     *
     * @throws IllegalArgumentException a percent sign is not followed by two hexadecimal digits
     */
    public static Query parse(String raw) {
        var parameters = new LinkedHashMap<String, List<String>>();
        for (var pair : raw.split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            var equals = pair.indexOf('=');
            var name = equals < 0 ? pair : pair.substring(0, equals);
            var value = equals < 0 ? "" : pair.substring(equals + 1);
            parameters.computeIfAbsent(decode(name), _ -> new ArrayList<>()).add(decode(value));
        }
        parameters.replaceAll((_, values) -> List.copyOf(values));
        return new Query(parameters);
    }

    /** The first value of this parameter. */
    public Optional<String> first(String name) {
        return all(name).stream().findFirst();
    }

    /** All values of this parameter, in their order; empty when it is absent. */
    public List<String> all(String name) {
        return parameters.getOrDefault(name, List.of());
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
