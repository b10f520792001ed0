package io.stowage.database;

import java.time.Instant;
import java.util.UUID;

/**
 * Something that is, or was, wrong.
 *
 * @param entity URL of what it is about; empty for the server itself
 * @param status {@code new}, {@code acknowledged} or {@code resolved}
 * @param message what was last heard of it
 * @param count how often it came
 */
public record WarningRow(
        UUID id,
        UUID member,
        String type,
        String entity,
        String status,
        String message,
        long count,
        Instant firstSeenAt,
        Instant lastSeenAt,
        Instant updatedAt) {}
