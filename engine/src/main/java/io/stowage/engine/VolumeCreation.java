package io.stowage.engine;

import io.stowage.model.ContentType;
import java.util.Map;

/** A request for an empty volume; {@code ""} in the config counts as absent. */
public record VolumeCreation(VolumeName name, ContentType content, String description, Map<String, String> config) {
    public VolumeCreation {
        config = Map.copyOf(config);
    }
}
