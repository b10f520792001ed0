package io.stowage.array.core;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A machine that uses volumes.
 *
 * @param name unique among the personality's hosts, without regard to case
 * @param initiators IQNs and NQNs as they were given; each belongs to one host only, without regard to case
 * @param group the host group it is a member of
 * @param attributes what only the personality knows the meaning of
 */
public record Host(
        UUID id,
        String name,
        List<String> initiators,
        Optional<ChapCredentials> chap,
        Optional<UUID> group,
        Map<String, String> attributes)
        implements Entity {
    public Host {
        initiators = List.copyOf(initiators);
        attributes = Map.copyOf(attributes);
    }

    /** A host that is in no group. */
    public Host(
            UUID id,
            String name,
            List<String> initiators,
            Optional<ChapCredentials> chap,
            Map<String, String> attributes) {
        this(id, name, initiators, chap, Optional.empty(), attributes);
    }

    public Host withName(String other) {
        return new Host(id, other, initiators, chap, group, attributes);
    }

    public Host withInitiators(List<String> others) {
        return new Host(id, name, others, chap, group, attributes);
    }

    public Host withChap(Optional<ChapCredentials> other) {
        return new Host(id, name, initiators, other, group, attributes);
    }

    public Host withAttributes(Map<String, String> others) {
        return new Host(id, name, initiators, chap, group, others);
    }

    Host withGroup(Optional<UUID> other) {
        return new Host(id, name, initiators, chap, other, attributes);
    }

    /** Whether this initiator is one of its own. */
    public boolean owns(String initiator) {
        return initiators.stream().anyMatch(own -> own.equalsIgnoreCase(initiator));
    }

    /** Names that differ only in case are the same to an array; this is what they are compared by. */
    static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
