package io.stowage.array.core;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Members whose volumes are snapshotted together, at one instant.
 *
 * @param container the container it is in; empty when it is in none
 * @param name unique within its container (or outside of all), destroyed ones included, without regard to case
 * @param lastNumber of the snapshots that were named by counting
 * @param snapshotDue when the schedule wants the next snapshot; empty while it wants none
 * @param thinningDue when a snapshot will have been kept for long enough; empty while there is none that ends by itself
 */
public record ProtectionGroup(
        UUID id,
        Optional<UUID> container,
        String name,
        Instant created,
        Protection protection,
        long lastNumber,
        Optional<Instant> snapshotDue,
        Optional<Instant> thinningDue,
        Optional<Instant> eradicateAt)
        implements Entity, Destructible {
    public static ProtectionGroup of(Optional<UUID> container, String name, Protection protection, Instant now) {
        return new ProtectionGroup(
                UUID.randomUUID(),
                container,
                name,
                now,
                protection,
                0,
                protection.snapshots().first(now),
                Optional.empty(),
                Optional.empty());
    }

    /** When there is something to do for it; empty when there is nothing, as for a destroyed group. */
    public Optional<Instant> due() {
        return isDestroyed()
                ? Optional.empty()
                : Stream.concat(snapshotDue.stream(), thinningDue.stream()).min(Instant::compareTo);
    }

    public ProtectionGroup withName(String other) {
        return new ProtectionGroup(
                id, container, other, created, protection, lastNumber, snapshotDue, thinningDue, eradicateAt);
    }

    public ProtectionGroup withProtection(Protection other) {
        return new ProtectionGroup(
                id, container, name, created, other, lastNumber, snapshotDue, thinningDue, eradicateAt);
    }

    public ProtectionGroup withSnapshotDue(Optional<Instant> other) {
        return new ProtectionGroup(
                id, container, name, created, protection, lastNumber, other, thinningDue, eradicateAt);
    }

    public ProtectionGroup withThinningDue(Optional<Instant> other) {
        return new ProtectionGroup(
                id, container, name, created, protection, lastNumber, snapshotDue, other, eradicateAt);
    }

    public ProtectionGroup withLastNumber(long other) {
        return new ProtectionGroup(
                id, container, name, created, protection, other, snapshotDue, thinningDue, eradicateAt);
    }

    ProtectionGroup withEradicateAt(Optional<Instant> other) {
        return new ProtectionGroup(
                id, container, name, created, protection, lastNumber, snapshotDue, thinningDue, other);
    }
}
