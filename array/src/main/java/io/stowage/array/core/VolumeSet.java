package io.stowage.array.core;

import java.util.Map;
import java.util.UUID;

/**
 * Volumes that are named together. A volume may be in several sets, and has its own name beside them.
 *
 * @param name unique among the personality's volume sets, without regard to case
 * @param attributes what only the personality knows the meaning of
 */
public record VolumeSet(UUID id, String name, Map<String, String> attributes) implements NamedSet {
    public VolumeSet {
        attributes = Map.copyOf(attributes);
    }

    public VolumeSet withName(String other) {
        return new VolumeSet(id, other, attributes);
    }

    public VolumeSet withAttributes(Map<String, String> others) {
        return new VolumeSet(id, name, others);
    }
}
