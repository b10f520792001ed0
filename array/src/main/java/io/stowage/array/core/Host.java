package io.stowage.array.core;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonFormat.Feature;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A machine that uses volumes.
 *
 * @param name unique among the personality's hosts, without regard to case
 * @param initiators IQNs and NQNs as they were given; each belongs to one host only, without regard to case
 * @param groups the host groups it is a member of, as it joined them; a personality may allow one only
 * @param attributes what only the personality knows the meaning of
 */
public record Host(
        UUID id,
        String name,
        List<String> initiators,
        Optional<ChapCredentials> chap,

        @JsonAlias("group") @JsonFormat(with = Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
        List<UUID> groups,

        Map<String, String> attributes)
        implements Entity {
    private static final int TYPE_LENGTH = 3;

    public Host {
        initiators = List.copyOf(initiators);
        groups = groups == null ? List.of() : List.copyOf(groups); // older records have one group or null
        attributes = Map.copyOf(attributes);
    }

    /** A host that is in no group. */
    public Host(
            UUID id,
            String name,
            List<String> initiators,
            Optional<ChapCredentials> chap,
            Map<String, String> attributes) {
        this(id, name, initiators, chap, List.of(), attributes);
    }

    public Host withName(String other) {
        return new Host(id, other, initiators, chap, groups, attributes);
    }

    public Host withInitiators(List<String> others) {
        return new Host(id, name, others, chap, groups, attributes);
    }

    public Host withChap(Optional<ChapCredentials> other) {
        return new Host(id, name, initiators, other, groups, attributes);
    }

    public Host withAttributes(Map<String, String> others) {
        return new Host(id, name, initiators, chap, groups, others);
    }

    Host with(HostGroup group) {
        return withGroups(Stream.concat(groups.stream(), Stream.of(group.id())));
    }

    Host without(HostGroup group) {
        return withGroups(groups.stream().filter(id -> !id.equals(group.id())));
    }

    private Host withGroups(Stream<UUID> others) {
        return new Host(id, name, initiators, chap, others.toList(), attributes);
    }

    /** The types of its initiators' names: {@code iqn} (RFC 3720, section 3.2.6), {@code nqn} (NVMe Base 2.0, section 4.5). */
    public Set<String> initiatorTypes() {
        return initiators.stream()
                .filter(name -> name.length() > TYPE_LENGTH)
                .map(name -> folded(name.substring(0, TYPE_LENGTH)))
                .collect(Collectors.toSet());
    }

    /** Whether it is a member of the group. */
    public boolean isIn(HostGroup group) {
        return groups.contains(group.id());
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
