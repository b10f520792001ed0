package io.stowage.driver;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What only the database knows about a volume, a snapshot or a pool, for the day the database is lost. Never holds secrets:
 * the caller leaves them out.
 *
 * @param kind {@code pool}, {@code volume} or {@code snapshot}
 * @param config the configuration, {@code volatile.uuid} included
 * @param expires when a snapshot is to be deleted; empty for never, and for the others
 */
public record RecoveryRecord(
        String kind,
        String project,
        String name,
        String description,
        String type,
        String content,
        Instant created,
        Optional<Instant> expires,
        Map<String, String> config) {

    public RecoveryRecord {
        config = Collections.unmodifiableMap(new TreeMap<>(config));
    }
}
