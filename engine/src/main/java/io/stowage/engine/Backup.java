package io.stowage.engine;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A backup of a custom volume: its content at a time, kept on the array until the backup is deleted.
 *
 * @param uuid in the name of what holds it on the array
 * @param expiresAt null: never
 * @param volumeOnly whether it is without snapshots
 */
public record Backup(
        UUID uuid,
        BackupName name,
        Instant createdAt,
        @Nullable Instant expiresAt,
        boolean volumeOnly) {}
