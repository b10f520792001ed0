package io.stowage.database;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot.
 *
 * @param size bytes of the volume when it was taken
 * @param expiresAt null: never
 * @param expiresOffset where the clock stood for whoever said so, in seconds east of Greenwich
 */
public record SnapshotRow(
        UUID id,
        UUID volume,
        String name,
        String description,
        long size,
        RowState state,
        Instant createdAt,
        @Nullable Instant expiresAt,
        int expiresOffset) {
    /** One whose expiry was told in UTC. */
    public SnapshotRow(
            UUID id,
            UUID volume,
            String name,
            String description,
            long size,
            RowState state,
            Instant createdAt,
            @Nullable Instant expiresAt) {
        this(id, volume, name, description, size, state, createdAt, expiresAt, 0);
    }

    /** When it expires, by the clock of whoever said so; null: never. */
    public @Nullable OffsetDateTime expiry() {
        return expiresAt == null ? null : expiresAt.atOffset(ZoneOffset.ofTotalSeconds(expiresOffset));
    }
}
