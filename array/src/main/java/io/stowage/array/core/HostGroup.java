package io.stowage.array.core;

import java.util.Map;
import java.util.UUID;

/**
 * Hosts that share volumes: what is connected to the group, each member sees at the same LUN.
 *
 * @param name unique among the personality's host groups, without regard to case
 * @param attributes what only the personality knows the meaning of
 */
public record HostGroup(UUID id, String name, Map<String, String> attributes) implements NamedSet {
    public HostGroup {
        attributes = Map.copyOf(attributes);
    }

    public HostGroup withName(String other) {
        return new HostGroup(id, other, attributes);
    }

    public HostGroup withAttributes(Map<String, String> others) {
        return new HostGroup(id, name, others);
    }
}
