package io.stowage.array.wsapi.vlun;

import io.stowage.array.core.Connection;
import io.stowage.array.core.Draft;
import io.stowage.array.core.Host;
import io.stowage.array.core.HostGroup;
import io.stowage.array.core.Objects;
import io.stowage.array.core.SetExport;
import io.stowage.array.core.Volume;
import io.stowage.array.core.VolumeSet;
import io.stowage.array.wsapi.host.Hosts;
import io.stowage.array.wsapi.host.Initiators;
import io.stowage.array.wsapi.port.Port;
import io.stowage.array.wsapi.rest.Problem;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Whom a VLUN is for (section 11). */
sealed interface Audience {
    /** Those who see it now. */
    List<Host> hosts(Objects objects);

    /** The LUNs that are taken for at least one of them. */
    BitSet luns(Objects objects);

    /** By which the volume is exported to just them. */
    Optional<Connection> connection(Objects objects, Volume volume);

    /** By which the volume set is exported to just them. */
    Optional<SetExport> export(Objects objects, VolumeSet set);

    Connection connect(Draft draft, Volume volume, int lun);

    /** @throws io.stowage.array.wsapi.rest.Refusal sets can't be exported to them */
    SetExport export(Draft draft, VolumeSet set, int lun);

    /**
     * The host of this name, or the host set after {@code set:}.
     *
     * @throws io.stowage.array.wsapi.rest.Refusal there is none
     */
    static Audience named(Objects objects, String name) {
        return name.startsWith(Hosts.SET)
                ? new Members(Hosts.requireSet(objects, name.substring(Hosts.SET.length())))
                : new One(Hosts.require(objects, name));
    }

    static Audience of(Objects objects, SetExport export) {
        return of(objects, export.host(), export.group());
    }

    private static Audience of(Objects objects, Optional<UUID> host, Optional<UUID> group) {
        return group.flatMap(objects::hostGroup)
                .<Audience>map(Members::new)
                .or(() -> host.flatMap(objects::host).map(One::new))
                .orElseThrow();
    }

    /** Whether one of them comes by NVMe: then its LUNs are namespace identifiers. */
    default boolean isNvme(Objects objects) {
        return hosts(objects).stream().anyMatch(host -> Initiators.of(host).isNvme());
    }

    /** Whether one of them sees the volume, by whatever VLUN. */
    default boolean sees(Objects objects, Volume volume) {
        return objects.connectionsOfVolume(volume.id()).stream()
                .flatMap(connection -> objects.hostsOf(connection).stream())
                .anyMatch(hosts(objects)::contains);
    }

    private static Optional<Connection> own(List<Connection> all, Volume volume) {
        return all.stream()
                .filter(connection -> connection.volume().equals(volume.id()))
                .filter(connection -> connection.export().isEmpty())
                .findFirst();
    }

    private static Optional<SetExport> own(List<SetExport> all, VolumeSet set) {
        return all.stream().filter(export -> export.set().equals(set.id())).findFirst();
    }

    /** A host. */
    record One(Host host) implements Audience {
        @Override
        public List<Host> hosts(Objects objects) {
            return List.of(host);
        }

        @Override
        public BitSet luns(Objects objects) {
            return objects.luns(host);
        }

        @Override
        public Optional<Connection> connection(Objects objects, Volume volume) {
            return own(objects.privateConnections(host.id()), volume);
        }

        @Override
        public Optional<SetExport> export(Objects objects, VolumeSet set) {
            return own(objects.exportsToHost(host.id()), set);
        }

        @Override
        public Connection connect(Draft draft, Volume volume, int lun) {
            return draft.connect(host, volume, lun);
        }

        @Override
        public SetExport export(Draft draft, VolumeSet set, int lun) {
            return draft.export(set, Optional.of(host.id()), Optional.empty(), lun);
        }
    }

    /** The members of a host set, those included that will join it. */
    record Members(HostGroup set) implements Audience {
        @Override
        public List<Host> hosts(Objects objects) {
            return objects.hostsIn(set.id());
        }

        @Override
        public BitSet luns(Objects objects) {
            return objects.luns(set);
        }

        @Override
        public Optional<Connection> connection(Objects objects, Volume volume) {
            return own(objects.sharedConnections(set.id()), volume);
        }

        @Override
        public Optional<SetExport> export(Objects objects, VolumeSet volumes) {
            return own(objects.exportsToGroup(set.id()), volumes);
        }

        @Override
        public Connection connect(Draft draft, Volume volume, int lun) {
            return draft.connect(set, volume, lun);
        }

        @Override
        public SetExport export(Draft draft, VolumeSet volumes, int lun) {
            return draft.export(volumes, Optional.empty(), Optional.of(set.id()), lun);
        }
    }

    /** Whoever comes by the protocol of a port, those included that will: hosts see it through all ports of that protocol. */
    record Anybody(Port.Protocol protocol) implements Audience {
        @Override
        public List<Host> hosts(Objects objects) {
            return objects.hostsWith(protocol.initiatorType());
        }

        @Override
        public BitSet luns(Objects objects) {
            return objects.luns(protocol.initiatorType());
        }

        @Override
        public boolean isNvme(Objects objects) {
            return protocol == Port.Protocol.NVME_TCP;
        }

        @Override
        public Optional<Connection> connection(Objects objects, Volume volume) {
            return objects.connectionsOfVolume(volume.id()).stream()
                    .filter(connection -> connection.initiatorType().equals(Optional.of(protocol.initiatorType())))
                    .findFirst();
        }

        @Override
        public Optional<SetExport> export(Objects objects, VolumeSet set) {
            return Optional.empty();
        }

        @Override
        public Connection connect(Draft draft, Volume volume, int lun) {
            return draft.connect(protocol.initiatorType(), volume, lun);
        }

        @Override
        public SetExport export(Draft draft, VolumeSet set, int lun) {
            throw Problem.PARAM_CONFLICT.of("volumeName,portPos");
        }
    }
}
