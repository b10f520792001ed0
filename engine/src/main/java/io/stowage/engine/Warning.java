package io.stowage.engine;

import java.time.Instant;
import java.util.UUID;

/**
 * Something that is, or was, wrong.
 *
 * @param type in words, as LXD's clients show it
 * @param entity name of what it is about: of a pool, with the type that speaks of pools
 * @param message what was last heard of it
 * @param count how often it came
 */
public record Warning(
        UUID id,
        String type,
        Status status,
        String entity,
        String message,
        long count,
        Instant firstSeenAt,
        Instant lastSeenAt,
        String member) {
    /** What became of it. */
    public enum Status {
        NEW,
        ACKNOWLEDGED,
        RESOLVED
    }
}
