package io.stowage.database;

import java.util.UUID;

/**
 * Something whose recovery record on the array is behind.
 *
 * @param kind {@code pool}, {@code volume} or {@code snapshot}
 * @param revision of what the database knows
 */
public record RecoveryRow(UUID owner, String kind, long revision) {}
