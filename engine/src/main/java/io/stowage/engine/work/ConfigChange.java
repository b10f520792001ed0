package io.stowage.engine.work;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * In what a config is to differ from what it is. The journal keeps this and not the config that it leads to: what was
 * accepted before may still change other keys.
 *
 * @param set key to value
 * @param unset keys that go
 */
record ConfigChange(Map<String, String> set, Set<String> unset) {
    private static final String SET = "config.";
    private static final String UNSET = "unset.";

    ConfigChange {
        set = Map.copyOf(set);
        unset = Set.copyOf(unset);
    }

    static ConfigChange between(Map<String, String> present, Map<String, String> wanted) {
        Map<String, String> set = new HashMap<>(wanted);
        set.entrySet().removeIf(entry -> Objects.equals(present.get(entry.getKey()), entry.getValue()));
        Set<String> unset = new TreeSet<>(present.keySet());
        unset.removeAll(wanted.keySet());
        return new ConfigChange(set, unset);
    }

    /** What it makes of a config. */
    Map<String, String> of(Map<String, String> present) {
        Map<String, String> changed = new TreeMap<>(present);
        changed.keySet().removeAll(unset);
        changed.putAll(set);
        return changed;
    }

    /** As part of a journal entry, which {@link #read} understands. */
    void write(Map<String, String> input) {
        set.forEach((key, value) -> input.put(SET + key, value));
        unset.forEach(key -> input.put(UNSET + key, ""));
    }

    static ConfigChange read(Map<String, String> input) {
        Map<String, String> set = new HashMap<>();
        Set<String> unset = new TreeSet<>();
        input.forEach((key, value) -> {
            if (key.startsWith(SET)) {
                set.put(key.substring(SET.length()), value);
            } else if (key.startsWith(UNSET)) {
                unset.add(key.substring(UNSET.length()));
            }
        });
        return new ConfigChange(set, unset);
    }
}
