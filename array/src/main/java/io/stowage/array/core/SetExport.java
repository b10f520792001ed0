package io.stowage.array.core;

import java.util.Optional;
import java.util.UUID;

/**
 * Makes all volumes of a set visible to a host or to the members of a host group. For each volume there is a connection
 * that belongs to it, which comes and goes as the volume joins and leaves the set.
 *
 * @param host the host; empty if it is for a host group
 * @param group the host group; empty if it is for a host
 * @param lun none of its connections has a lower one
 */
public record SetExport(UUID id, Optional<UUID> host, Optional<UUID> group, UUID set, int lun) implements Entity {
    public SetExport {
        if (host.isPresent() == group.isPresent()) {
            throw new IllegalArgumentException("A volume set is exported to a host or to a host group");
        }
    }
}
