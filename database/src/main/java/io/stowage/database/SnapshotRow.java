package io.stowage.database;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot.
 *
 * @param size bytes of the volume when it was taken
 * @param expiresAt null: never
 */
public record SnapshotRow(
        UUID id,
        UUID volume,
        String name,
        String description,
        long size,
        RowState state,
        Instant createdAt,
        @Nullable Instant expiresAt) {}
