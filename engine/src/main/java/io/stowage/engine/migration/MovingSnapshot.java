package io.stowage.engine.migration;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot that goes from one server to another.
 *
 * @param createdAt in seconds; null: the server doesn't tell
 * @param expiresAt null: never
 */
public record MovingSnapshot(
        String name,
        String description,
        Map<String, String> config,
        @Nullable Instant createdAt,
        @Nullable Instant expiresAt) {
    public MovingSnapshot {
        config = Map.copyOf(config);
    }
}
