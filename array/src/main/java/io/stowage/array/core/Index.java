package io.stowage.array.core;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;

/** Finds entities by something else than their id. Guarded by the estate's lock. */
final class Index<K, T extends Entity> {
    private final Function<T, ? extends Collection<K>> keysOf;
    private final Map<K, Map<UUID, T>> found;

    private Index(Function<T, ? extends Collection<K>> keysOf, Map<K, Map<UUID, T>> found) {
        this.keysOf = keysOf;
        this.found = found;
    }

    static <K, T extends Entity> Index<K, T> by(Function<T, ? extends Collection<K>> keysOf) {
        return new Index<>(keysOf, new HashMap<>());
    }

    static <K extends Comparable<K>, T extends Entity> Index<K, T> sortedBy(
            Function<T, ? extends Collection<K>> keysOf) {
        return new Index<>(keysOf, new TreeMap<>());
    }

    void add(T entity) {
        for (var key : keysOf.apply(entity)) {
            found.computeIfAbsent(key, _ -> new LinkedHashMap<>()).put(entity.id(), entity);
        }
    }

    void remove(T entity) {
        for (var key : keysOf.apply(entity)) {
            found.computeIfPresent(key, (_, entities) -> {
                entities.remove(entity.id());
                return entities.isEmpty() ? null : entities;
            });
        }
    }

    /** The entities with this key, a copy. */
    List<T> get(K key) {
        return List.copyOf(found.getOrDefault(key, Map.of()).values());
    }

    /** The keys in their order, while nothing is added or removed. */
    Iterable<K> keys() {
        return found.keySet();
    }
}
