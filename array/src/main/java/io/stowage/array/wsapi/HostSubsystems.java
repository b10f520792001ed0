package io.stowage.array.wsapi;

import io.stowage.array.core.Estate;
import io.stowage.array.core.Host;
import io.stowage.array.core.LogicalUnits;
import io.stowage.array.core.Objects;
import io.stowage.array.namespace.Subsystem;
import io.stowage.array.namespace.Subsystems;
import io.stowage.array.wsapi.host.Hosts;
import io.stowage.array.wsapi.system.Identity;
import java.util.List;
import java.util.Optional;

/**
 * The NVMe subsystems of an Alletra: each host object has one of its own, under a new name whenever it is made. A host
 * finds it once a volume is exported to it.
 */
final class HostSubsystems implements Subsystems {
    private static final String MODEL = "HPE Alletra";
    private static final String FIRMWARE = "10.4.0";

    /** The IEEE company id of 3PAR. */
    private static final int OUI = 0x0002AC;

    private final Estate estate;
    private final Identity identity;

    HostSubsystems(Estate estate, Identity identity) {
        this.estate = estate;
        this.identity = identity;
    }

    @Override
    public boolean exists(String nqn) {
        return estate.read(objects -> host(objects, nqn)).isPresent();
    }

    @Override
    public Optional<Subsystem> find(String nqn, String host) {
        return estate.read(objects -> host(objects, nqn))
                .filter(found -> found.owns(host))
                .map(this::subsystem);
    }

    private static Optional<Host> host(Objects objects, String nqn) {
        return objects.hosts().stream()
                .filter(host -> Hosts.subsystem(host).equals(Optional.of(nqn)))
                .findFirst();
    }

    @Override
    public List<Subsystem> listedTo(String host) {
        return estate.units().visibleTo(host).isEmpty()
                ? List.of()
                : estate.read(objects -> objects.hostOf(host)).stream()
                        .filter(found -> Hosts.subsystem(found).isPresent())
                        .map(this::subsystem)
                        .toList();
    }

    private Subsystem subsystem(Host host) {
        var nqn = Hosts.subsystem(host).orElseThrow();
        return new Subsystem(nqn, identity.serialNumber(), MODEL, FIRMWARE, OUI, estate.units());
    }

    @Override
    public LogicalUnits units() {
        return estate.units();
    }
}
