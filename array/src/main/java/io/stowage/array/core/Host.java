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
 * @param attributes what only the personality knows the meaning of
 */
public record Host(
        UUID id, String name, List<String> initiators, Optional<ChapCredentials> chap, Map<String, String> attributes)
        implements Entity {
    public Host {
        initiators = List.copyOf(initiators);
        attributes = Map.copyOf(attributes);
    }

    public Host withName(String other) {
        return new Host(id, other, initiators, chap, attributes);
    }

    public Host withInitiators(List<String> others) {
        return new Host(id, name, others, chap, attributes);
    }

    public Host withChap(Optional<ChapCredentials> other) {
        return new Host(id, name, initiators, other, attributes);
    }

    public Host withAttributes(Map<String, String> others) {
        return new Host(id, name, initiators, chap, others);
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
