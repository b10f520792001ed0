package io.stowage.database;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A backup of a volume.
 *
 * @param compression of its file, such as {@code zstd -19}
 * @param contents text of its index
 * @param size bytes of the volume at the time
 * @param expiresAt null: never
 */
public record BackupRow(
        UUID id,
        UUID volume,
        String name,
        boolean volumeOnly,
        String compression,
        String contents,
        long size,
        RowState state,
        Instant createdAt,
        @Nullable Instant expiresAt) {}
