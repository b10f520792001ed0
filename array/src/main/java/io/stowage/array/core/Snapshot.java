package io.stowage.array.core;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * The content of a volume at one moment; it can't be changed or used by hosts, only copied from.
 *
 * @param volume the volume it was taken of, which exists as long as the snapshot does
 * @param partOf the group's snapshot that it was taken with; empty when it was taken alone
 * @param name unique among the snapshots of its volume that were taken alone, destroyed ones included, without regard to
 *     case; in a group's snapshot the name that its volume had then
 * @param sizeBytes of the volume at that moment
 * @param serial its serial number in the personality's form
 * @param stored its number in the store
 */
public record Snapshot(
        UUID id,
        UUID volume,
        Optional<UUID> partOf,
        String name,
        long sizeBytes,
        String serial,
        long stored,
        Instant created,
        Optional<Instant> eradicateAt)
        implements Entity, Destructible {
    public Snapshot withName(String other) {
        return new Snapshot(id, volume, partOf, other, sizeBytes, serial, stored, created, eradicateAt);
    }

    Snapshot withEradicateAt(Optional<Instant> other) {
        return new Snapshot(id, volume, partOf, name, sizeBytes, serial, stored, created, other);
    }
}
