package io.stowage.engine;

import io.stowage.model.ContentType;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request for a copy.
 *
 * @param snapshot copy this snapshot of the source instead of its present content; then no snapshots come along
 * @param withSnapshots the source's snapshots come along, with names, descriptions and dates
 * @param content must equal the source's when given
 * @param description null: the source's
 * @param config null: the source's; {@code volatile.*} keys in it are ignored
 * @param refresh a target that exists becomes what the source is; it keeps its own description and config
 */
public record VolumeCopy(
        VolumeName source,
        @Nullable String snapshot,
        VolumeName target,
        boolean withSnapshots,
        @Nullable ContentType content,
        @Nullable String description,
        @Nullable Map<String, String> config,
        boolean refresh) {
    public VolumeCopy {
        config = config == null ? null : Map.copyOf(config);
    }

    /** A copy into a new volume. */
    public VolumeCopy(
            VolumeName source,
            @Nullable String snapshot,
            VolumeName target,
            boolean withSnapshots,
            @Nullable ContentType content,
            @Nullable String description,
            @Nullable Map<String, String> config) {
        this(source, snapshot, target, withSnapshots, content, description, config, false);
    }
}
