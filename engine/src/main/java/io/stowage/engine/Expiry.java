package io.stowage.engine;

import java.time.Instant;

/** When a new snapshot expires. */
public sealed interface Expiry {
    /** As the volume's {@code snapshots.expiry} says. */
    record ByVolume() implements Expiry {}

    record Never() implements Expiry {}

    record At(Instant time) implements Expiry {}
}
