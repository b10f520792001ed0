package io.stowage.engine;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * What clients may change of a snapshot.
 *
 * @param expiresAt by the clock of whoever says so; null: never
 */
public record SnapshotDetails(String description, @Nullable OffsetDateTime expiresAt) {}
