package io.stowage.array.core;

import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Makes a volume visible to a host (a private connection), to all members of a host group (a shared one), or to all hosts
 * that have initiators of one type.
 *
 * @param host the host of a private connection
 * @param group the host group of a shared connection
 * @param initiatorType what {@link Host#initiatorTypes} tells of all who see it
 * @param lun 0 to {@link #HIGHEST_LUN}, unique for each host that sees it
 * @param export the export of a volume set to which it belongs
 */
public record Connection(
        UUID id,
        Optional<UUID> host,
        Optional<UUID> group,
        Optional<String> initiatorType,
        UUID volume,
        int lun,
        Optional<UUID> export)
        implements Entity {
    public static final int HIGHEST_LUN = 4095;

    public Connection {
        if (Stream.of(host, group, initiatorType).filter(Optional::isPresent).count() != 1) {
            throw new IllegalArgumentException(
                    "A connection is to a host, to a host group, or to a type of initiators");
        }
    }

    static Connection of(Host host, Volume volume, int lun) {
        return of(Optional.of(host.id()), Optional.empty(), Optional.empty(), volume, lun, Optional.empty());
    }

    static Connection of(HostGroup group, Volume volume, int lun) {
        return of(Optional.empty(), Optional.of(group.id()), Optional.empty(), volume, lun, Optional.empty());
    }

    static Connection of(String initiatorType, Volume volume, int lun) {
        return of(Optional.empty(), Optional.empty(), Optional.of(initiatorType), volume, lun, Optional.empty());
    }

    static Connection of(SetExport export, Volume volume, int lun) {
        return of(export.host(), export.group(), Optional.empty(), volume, lun, Optional.of(export.id()));
    }

    private static Connection of(
            Optional<UUID> host,
            Optional<UUID> group,
            Optional<String> initiatorType,
            Volume volume,
            int lun,
            Optional<UUID> export) {
        return new Connection(UUID.randomUUID(), host, group, initiatorType, volume.id(), lun, export);
    }

    /** Whether it is to a host group. */
    public boolean isShared() {
        return group.isPresent();
    }
}
