package io.stowage.array.core;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** All entities of one kind, by id and by the given indexes. Guarded by the estate's lock. */
final class Table<T extends Entity> {
    private final Map<UUID, T> rows = new LinkedHashMap<>();
    private final List<Index<?, T>> indexes;

    @SafeVarargs
    Table(Index<?, T>... indexes) {
        this.indexes = List.of(indexes);
    }

    Optional<T> get(UUID id) {
        return Optional.ofNullable(rows.get(id));
    }

    Collection<T> all() {
        return Collections.unmodifiableCollection(rows.values());
    }

    /** Puts the entity in the place of the one with its id, which is returned. */
    Optional<T> put(T entity) {
        var before = Optional.ofNullable(rows.put(entity.id(), entity));
        for (var index : indexes) {
            before.ifPresent(index::remove);
            index.add(entity);
        }
        return before;
    }

    Optional<T> remove(UUID id) {
        var before = Optional.ofNullable(rows.remove(id));
        before.ifPresent(entity -> indexes.forEach(index -> index.remove(entity)));
        return before;
    }
}
