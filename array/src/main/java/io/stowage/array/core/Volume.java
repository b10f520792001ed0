package io.stowage.array.core;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A volume that hosts may use.
 *
 * @param container the container it is in; empty when it is in none
 * @param name unique within its container (or outside of all), destroyed ones included, without regard to case
 * @param sizeBytes a multiple of {@link LogicalUnit#BLOCK_BYTES}
 * @param identity fixed at creation: it survives rename, resize and overwrite
 * @param stored its number in the store
 * @param origin what it was last copied from
 * @param attributes what only the personality knows the meaning of
 */
public record Volume(
        UUID id,
        Optional<UUID> container,
        String name,
        long sizeBytes,
        UnitIdentity identity,
        long stored,
        Instant created,
        Optional<Origin> origin,
        Optional<Instant> eradicateAt,
        Map<String, String> attributes)
        implements Entity, Destructible {
    public Volume {
        attributes = Map.copyOf(attributes);
    }

    /** What a volume was copied from: the id of a volume, and its full name at that time. */
    public record Origin(UUID volume, String name) {}

    public Volume withName(String other) {
        return new Volume(id, container, other, sizeBytes, identity, stored, created, origin, eradicateAt, attributes);
    }

    public Volume withContainer(Optional<UUID> other) {
        return new Volume(id, other, name, sizeBytes, identity, stored, created, origin, eradicateAt, attributes);
    }

    public Volume withAttributes(Map<String, String> others) {
        return new Volume(id, container, name, sizeBytes, identity, stored, created, origin, eradicateAt, others);
    }

    Volume withSize(long other) {
        return new Volume(id, container, name, other, identity, stored, created, origin, eradicateAt, attributes);
    }

    Volume withOrigin(Optional<Origin> other) {
        return new Volume(id, container, name, sizeBytes, identity, stored, created, other, eradicateAt, attributes);
    }

    Volume withEradicateAt(Optional<Instant> other) {
        return new Volume(id, container, name, sizeBytes, identity, stored, created, origin, other, attributes);
    }
}
