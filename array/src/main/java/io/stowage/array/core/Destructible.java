package io.stowage.array.core;

import java.time.Instant;
import java.util.Optional;

/** An object that can be destroyed and, until the array eradicates it, recovered. */
public sealed interface Destructible permits Container, VolumeGroup, Volume, Snapshot, ProtectionGroup, GroupSnapshot {
    /** When the array will eradicate it; empty while it isn't destroyed. */
    Optional<Instant> eradicateAt();

    default boolean isDestroyed() {
        return eradicateAt().isPresent();
    }

    /** Whether it was destroyed together with what it is in or of, and so comes back with that. */
    default boolean wentWith(Destructible whole) {
        return isDestroyed() && eradicateAt().equals(whole.eradicateAt());
    }
}
