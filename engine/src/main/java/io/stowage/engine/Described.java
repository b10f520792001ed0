package io.stowage.engine;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What clients may change of a pool, a volume or a project.
 *
 * @param config {@code ""} counts as absent
 */
public record Described(String description, Map<String, String> config) {
    public Described {
        config = Map.copyOf(config);
    }

    /** With another description, if there is one. */
    public Described with(Optional<String> other) {
        return new Described(other.orElse(description), config);
    }

    /** With another config in the place of this one. */
    public Described replaced(Map<String, String> other) {
        return new Described(description, other);
    }

    /** With these keys laid over its config. */
    public Described merged(Map<String, String> changes) {
        Map<String, String> merged = new TreeMap<>(config);
        merged.putAll(changes);
        return new Described(description, merged);
    }
}
