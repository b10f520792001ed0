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
 * @param parent the volume of which it shows an earlier moment; empty for one that stands for itself
 * @param readOnly whether hosts can't write to it, for as long as it exists
 * @param writeProtected whether a host has asked for writes to be refused until it asks for the contrary
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
        Map<String, String> attributes,
        Optional<UUID> parent,
        boolean readOnly,
        boolean writeProtected)
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
        return with(other, writeProtected);
    }

    public Volume withAttributes(Map<String, String> others) {
        return with(sizeBytes, origin, eradicateAt, others);
    }

    Volume withWriteProtected(boolean other) {
        return with(place(), other);
    }

    Volume withSize(long other) {
        return with(other, origin, eradicateAt, attributes);
    }

    Volume withOrigin(Optional<Origin> other) {
        return with(sizeBytes, other, eradicateAt, attributes);
    }

    Volume withEradicateAt(Optional<Instant> other) {
        return with(sizeBytes, origin, other, attributes);
    }

    private Volume with(VolumePlace otherPlace, boolean otherWriteProtected) {
        return new Volume(
                id,
                otherPlace.container(),
                otherPlace.group(),
                otherPlace.name(),
                sizeBytes,
                identity,
                stored,
                created,
                origin,
                eradicateAt,
                attributes,
                parent,
                readOnly,
                otherWriteProtected);
    }

    private Volume with(
            long otherSize,
            Optional<Origin> otherOrigin,
            Optional<Instant> otherEradicateAt,
            Map<String, String> otherAttributes) {
        return new Volume(
                id,
                container,
                group,
                name,
                otherSize,
                identity,
                stored,
                created,
                otherOrigin,
                otherEradicateAt,
                otherAttributes,
                parent,
                readOnly,
                writeProtected);
    }
}
