package io.stowage.array.core;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Snapshots of all volumes of a protection group at one instant; each of them is a {@link Snapshot} that is
 * {@linkplain Snapshot#partOf part of} this one.
 *
 * @param name unique among the snapshots of its group, destroyed ones included, without regard to case
 * @param isRetained whether the group's retention ends it
 * @param until when it is eradicated in any case; empty for most
 */
public record GroupSnapshot(
        UUID id,
        UUID group,
        String name,
        Instant created,
        boolean isRetained,
        Optional<Instant> until,
        Optional<Instant> eradicateAt)
        implements Entity, Destructible {
    public GroupSnapshot withName(String other) {
        return new GroupSnapshot(id, group, other, created, isRetained, until, eradicateAt);
    }

    GroupSnapshot withEradicateAt(Optional<Instant> other) {
        return new GroupSnapshot(id, group, name, created, isRetained, until, other);
    }
}
