package io.stowage.engine;

import io.stowage.model.ContentType;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot of a custom volume.
 *
 * @param config the volume's at the time, with the snapshot's own {@code volatile.uuid}
 * @param expiresAt by the clock of whoever said so; null: never
 * @param attachments what attaches the snapshot itself
 */
public record Snapshot(
        UUID uuid,
        SnapshotName name,
        ContentType content,
        String description,
        Map<String, String> config,
        Instant createdAt,
        @Nullable OffsetDateTime expiresAt,
        List<UUID> attachments) {
    public Snapshot {
        config = Map.copyOf(config);
        attachments = List.copyOf(attachments);
    }
}
