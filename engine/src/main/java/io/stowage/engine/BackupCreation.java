package io.stowage.engine;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A request for a backup.
 *
 * @param name null or empty: {@code backup0}, {@code backup1} and so on
 * @param expiresAt null: never
 * @param compression such as {@code zstd -19} or {@code none}; empty for the usual one
 * @param version of the index; 0 for the usual one
 */
public record BackupCreation(
        VolumeName volume,
        @Nullable String name,
        @Nullable Instant expiresAt,
        boolean volumeOnly,
        String compression,
        int version) {}
