package io.stowage.array.core;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A volume that hosts may use.
 *
 * @param container the container it is in; empty when it is in none
 * @param group the volume group it is in; empty when it is in none
 * @param name unique among the volumes in the same place, destroyed ones included, without regard to case
 * @param sizeBytes a multiple of {@link LogicalUnit#BLOCK_BYTES}
 * @param identity fixed at creation: it survives rename, resize and overwrite
 * @param stored its number in the store
 * @param origin what it was last copied from
 * @param attributes what only the personality knows the meaning of
 */
public record Volume(
        UUID id,
        Optional<UUID> container,
        Optional<UUID> group,
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

    /** Where it is found. */
    public VolumePlace place() {
        return new VolumePlace(container, group, name);
    }

    public Volume withName(String other) {
        return withPlace(place().withName(other));
    }

    public Volume withPlace(VolumePlace other) {
        return new Volume(
                id,
                other.container(),
                other.group(),
                other.name(),
                sizeBytes,
                identity,
                stored,
                created,
                origin,
                eradicateAt,
                attributes);
    }

    public Volume withAttributes(Map<String, String> others) {
        return new Volume(
                id, container, group, name, sizeBytes, identity, stored, created, origin, eradicateAt, others);
    }

    Volume withSize(long other) {
        return new Volume(
                id, container, group, name, other, identity, stored, created, origin, eradicateAt, attributes);
    }

    Volume withOrigin(Optional<Origin> other) {
        return new Volume(
                id, container, group, name, sizeBytes, identity, stored, created, other, eradicateAt, attributes);
    }

    Volume withEradicateAt(Optional<Instant> other) {
        return new Volume(id, container, group, name, sizeBytes, identity, stored, created, origin, other, attributes);
    }
}
