package io.stowage.engine;

import java.time.OffsetDateTime;

/** When a new snapshot expires. */
public sealed interface Expiry {
    /** As the volume's {@code snapshots.expiry} says. */
    record ByVolume() implements Expiry {}

    record Never() implements Expiry {}

    record At(OffsetDateTime time) implements Expiry {}
}
