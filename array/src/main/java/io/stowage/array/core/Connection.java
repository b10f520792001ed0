package io.stowage.array.core;

import java.util.Optional;
import java.util.UUID;

/**
 * Makes a volume visible to a host (a private connection) or to all members of a host group (a shared one).
 *
 * @param host the host; empty for a shared connection
 * @param group the host group; empty for a private connection
 * @param lun 1 to {@link #HIGHEST_LUN}, unique for each host that sees it
 */
public record Connection(UUID id, Optional<UUID> host, Optional<UUID> group, UUID volume, int lun) implements Entity {
    public static final int HIGHEST_LUN = 4095;

    public Connection {
        if (host.isPresent() == group.isPresent()) {
            throw new IllegalArgumentException("A connection is to a host or to a host group");
        }
    }

    static Connection of(Host host, Volume volume, int lun) {
        return new Connection(UUID.randomUUID(), Optional.of(host.id()), Optional.empty(), volume.id(), lun);
    }

    static Connection of(HostGroup group, Volume volume, int lun) {
        return new Connection(UUID.randomUUID(), Optional.empty(), Optional.of(group.id()), volume.id(), lun);
    }

    /** Whether it is to a host group. */
    public boolean isShared() {
        return group.isPresent();
    }
}
