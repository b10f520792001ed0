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
    private static final Set<String> LOGINS = Set.of("GET api_version", "POST login", "POST credentials");

    public Calls {
        kinds = new TreeMap<>(kinds);
        kinds.keySet().removeAll(LOGINS);
    }

    /** All but logins. */
    public int count() {
        return kinds.values().stream().mapToInt(Integer::intValue).sum();
    }

    @Override
    public String toString() {
        return kinds.entrySet().stream()
                .map(kind -> kind.getValue() == 1 ? kind.getKey() : kind.getValue() + " × " + kind.getKey())
                .collect(Collectors.joining(", "));
    }
}
