package io.stowage.server.api;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A method and a pattern of paths, such as {@code /1.0/storage-pools/{pool}}, with what answers them. */
record Route(String method, List<String> pattern, Permission permission, Action action) {
    static Route of(String method, String pattern, Action action) {
        return new Route(method, List.of(pattern.substring(1).split("/", -1)), Permission.of(method, pattern), action);
    }

    /** The values of the names in braces, if the path fits; they are never empty. */
    Optional<Map<String, String>> match(List<String> segments) {
        if (segments.size() != pattern.size()) {
            return Optional.empty();
        }
        var values = new HashMap<String, String>();
        for (int i = 0; i < pattern.size(); i++) {
            var expected = pattern.get(i);
            var actual = segments.get(i);
            if (expected.startsWith("{") && !actual.isEmpty()) {
                values.put(expected.substring(1, expected.length() - 1), actual);
            } else if (!expected.equals(actual)) {
                return Optional.empty();
            }
        }
        return Optional.of(values);
    }
}
