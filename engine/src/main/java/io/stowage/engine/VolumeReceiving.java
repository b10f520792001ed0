package io.stowage.engine;

import io.stowage.engine.migration.SourcePeer;
import io.stowage.model.ContentType;
import java.util.Map;

/**
 * A request for a volume that another server gives.
 *
 * @param config keys that volumes here don't have are ignored
 * @param withSnapshots whether the source's snapshots come along; those of a volume that is there stay as they are if not
 * @param refresh a volume that exists becomes what the source is; it keeps its own description and config
 * @param peer closed when the work is done, also if it isn't even begun
 */
public record VolumeReceiving(
        VolumeName name,
        ContentType content,
        String description,
        Map<String, String> config,
        boolean withSnapshots,
        boolean refresh,
        SourcePeer peer) {
    public VolumeReceiving {
        config = Map.copyOf(config);
    }
}
