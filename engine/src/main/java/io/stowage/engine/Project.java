package io.stowage.engine;

import io.stowage.model.Flag;
import java.util.Map;

/**
 * A project: volumes of different projects may have the same name.
 *
 * @param config as it was given, with the features that are on by default
 */
public record Project(String name, String description, Map<String, String> config) {
    public Project {
        config = Map.copyOf(config);
    }

    /** What of it clients may change. */
    public Described described() {
        return new Described(description, config);
    }

    /** Whether it has volumes of its own; otherwise it works with those of the default project. */
    public boolean hasOwnVolumes() {
        return Flag.isTrue(config.getOrDefault(ProjectKeys.OWN_VOLUMES, ""));
    }
}
