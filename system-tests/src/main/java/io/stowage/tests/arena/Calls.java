package io.stowage.tests.arena;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Requests to the array's management that have been answered.
 *
 * @param kinds how many there were, by method and path
 */
public record Calls(Map<String, Integer> kinds) {
    /** What sessions cost; how often they begin is no matter of single operations. */
    private static final Set<String> SESSIONS =
            Set.of("GET api_version", "POST login", "POST logout", "POST credentials", "DELETE credentials");

    /** Writes of recovery data, which the server may also do a little later. */
    private static final Set<String> RECORDS =
            Set.of("PUT volumes/tags/batch", "PUT volume-snapshots/tags/batch", "PUT pods/tags/batch");

    public Calls {
        kinds = new TreeMap<>(kinds);
        kinds.keySet().removeIf(kind -> SESSIONS.stream().anyMatch(kind::startsWith));
    }

    /** All but those for sessions. */
    public int count() {
        return kinds.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Those of one kind. */
    public int count(String kind) {
        return kinds.getOrDefault(kind, 0);
    }

    /** Those of them that only keep on the array, for the day it is lost, what the database knows. */
    public int records() {
        return kinds.entrySet().stream()
                .filter(kind -> RECORDS.contains(kind.getKey()))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    @Override
    public String toString() {
        return kinds.entrySet().stream()
                .map(kind -> kind.getValue() == 1 ? kind.getKey() : kind.getValue() + " × " + kind.getKey())
                .collect(Collectors.joining(", "));
    }
}
