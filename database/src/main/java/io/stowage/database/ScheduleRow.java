package io.stowage.database;

import java.time.Instant;
import java.util.UUID;

/**
 * When the next snapshot of a volume is due.
 *
 * @param schedule the volume's {@code snapshots.schedule}, from which the time was reckoned
 */
public record ScheduleRow(UUID volume, String schedule, Instant dueAt) {}
