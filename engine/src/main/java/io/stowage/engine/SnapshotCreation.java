package io.stowage.engine;

import org.jspecify.annotations.Nullable;

/**
 * A request for a snapshot.
 *
 * @param name null or empty: the next by {@code snapshots.pattern}
 * @param description null or empty: the volume's
 */
public record SnapshotCreation(
        VolumeName volume, @Nullable String name, @Nullable String description, Expiry expiry) {}
