package io.stowage.engine;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * A storage pool.
 *
 * @param config values as they were given, secrets included, plus what the engine found out once and for all (mode)
 */
public record Pool(
        UUID uuid,
        String name,
        String driver,
        String description,
        PoolStatus status,
        Map<String, String> config,
        Instant createdAt) {
    public Pool {
        config = Map.copyOf(config);
    }

    /** What of it clients may change. */
    public Described described() {
        return new Described(description, config);
    }
}
