package io.stowage.engine;

import io.stowage.model.ContentType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A custom volume.
 *
 * @param uuid its {@code volatile.uuid}, from which its name on the array follows
 * @param config values as given or inherited at creation, plus {@code volatile.uuid}
 * @param attachments what attaches it (not its snapshots) on any member
 */
public record Volume(
        UUID uuid,
        VolumeName name,
        ContentType content,
        String description,
        Map<String, String> config,
        Instant createdAt,
        List<UUID> attachments) {
    public Volume {
        config = Map.copyOf(config);
        attachments = List.copyOf(attachments);
    }

    /** What of it clients may change. */
    public Described described() {
        return new Described(description, config);
    }
}
