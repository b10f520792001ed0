package io.stowage.array.nvme;

import io.stowage.array.core.Aborters;
import io.stowage.array.core.DataPorts;
import io.stowage.array.core.LogicalUnit;
import io.stowage.array.core.LogicalUnits;
import io.stowage.array.core.Registrant;
import io.stowage.array.core.Reservations;
import io.stowage.array.fault.Faults;
import io.stowage.array.namespace.Limits;
import io.stowage.array.namespace.NamespaceServer;
import io.stowage.array.namespace.Path;
import io.stowage.array.namespace.Subsystems;
import io.stowage.array.namespace.Viewers;
import io.stowage.array.net.BufferPool;
import io.stowage.array.net.SlowLane;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/**
 * A running NVMe over TCP target: the subsystems of all personalities, on several portals. Closing it ends all controllers
 * and returns when nothing of it touches a unit any more.
 */
public final class NvmeTarget implements DataPorts, AutoCloseable {
    /** For hosts to look at how they reach namespaces; Linux takes milliseconds. */
    private static final Duration ATTENTION = Duration.ofSeconds(2);

    private static final Duration LOOK = Duration.ofMillis(10);

    private final List<Entrance> entrances;
    private final Surroundings surroundings;
    private final Connections connections;
    private final List<LogicalUnits.Registration> registrations;

    private NvmeTarget(
            List<Entrance> entrances,
            Surroundings surroundings,
            Connections connections,
            List<LogicalUnits.Registration> registrations) {
        this.entrances = entrances;
        this.surroundings = surroundings;
        this.connections = connections;
        this.registrations = registrations;
    }

    /**
     * Where a target listens.
     *
     * @param addresses the data addresses, in the order of their port numbers from 1
     * @param port for all subsystems, on each address; 0 takes a free one
     * @param discoveryPort for the discovery subsystem alone, on each address; 0 takes a free one
     */
    public record Doors(List<InetAddress> addresses, int port, int discoveryPort) {
        public Doors {
            addresses = List.copyOf(addresses);
        }
    }

    /**
     * Starts a target.
     *
     * @param served what the personalities offer
     * @param faults what is to go wrong with commands
     * @param aborters of all front ends: this one's is added
     * @throws IOException an address can't be listened on; nothing is left behind then
     */
    public static NvmeTarget start(List<Subsystems> served, Doors doors, Faults faults, Aborters aborters)
            throws IOException {
        return start(served, doors, faults, aborters, Allowance.DEFAULT);
    }

    /** As {@link #start(List, Doors, Faults, Aborters)}, as the only front end. */
    public static NvmeTarget start(List<Subsystems> served, Doors doors, Faults faults) throws IOException {
        return start(served, doors, faults, new Aborters());
    }

    static NvmeTarget start(List<Subsystems> served, Doors doors, Faults faults, Aborters aborters, Allowance allowance)
            throws IOException {
        List<Entrance> entrances = open(doors);
        Viewers viewers = new Viewers();
        Controllers controllers = new Controllers();
        aborters.add(new ControllerAborter(controllers));
        NamespaceServer namespaces = new NamespaceServer(viewers, Limits.DEFAULT, aborters);
        Surroundings surroundings = new Surroundings(
                served,
                namespaces,
                viewers,
                controllers,
                new Directory(served, entrances),
                new SlowLane("nvme"),
                new BufferPool(allowance.load().totalBytes()),
                allowance,
                faults);
        Connections connections = new Connections(surroundings, entrances);
        List<LogicalUnits.Registration> registrations = new ArrayList<>();
        NvmeTarget target = new NvmeTarget(entrances, surroundings, connections, registrations);
        for (Subsystems subsystems : served) {
            LogicalUnits units = subsystems.units();
            registrations.add(units.watch(viewers.watcher(units)));
            registrations.add(units.watch(new ListingWatcher(controllers)));
        }
        entrances.forEach(entrance -> entrance.accept(connections));
        return target;
    }

    private static List<Entrance> open(Doors doors) throws IOException {
        List<Entrance> entrances = new ArrayList<>();
        try {
            for (InetAddress address : doors.addresses()) {
                entrances.add(Entrance.open(address, doors.port(), doors.discoveryPort(), entrances.size() + 1));
            }
            return List.copyOf(entrances);
        } catch (IOException e) {
            entrances.forEach(Entrance::close);
            throw e;
        }
    }

    /** Where all subsystems are reached, in the order of the data addresses. */
    public List<InetSocketAddress> addresses() {
        return entrances.stream().map(entrance -> entrance.all().address()).toList();
    }

    /** Where clients look for the discovery subsystem, in the order of the data addresses. */
    public List<InetSocketAddress> discoveryAddresses() {
        return entrances.stream()
                .map(entrance -> entrance.discovery().address())
                .toList();
    }

    /** Who is connected now, one for each controller; those that only discover left out. */
    @Override
    public List<Login> now() {
        return logins(_ -> true);
    }

    /** The portals as one personality sees them: only with the controllers of its own subsystems. */
    public DataPorts portsOf(Subsystems subsystems) {
        return new DataPorts() {
            @Override
            public List<Login> now() {
                return logins(one -> subsystems.exists(one.subsystem()));
            }

            @Override
            public void takeOutOfService(InetSocketAddress portal) {
                NvmeTarget.this.takeOutOfService(portal);
            }

            @Override
            public void putIntoService(InetSocketAddress portal) throws IOException {
                NvmeTarget.this.putIntoService(portal);
            }
        };
    }

    private List<Login> logins(Predicate<Controller> which) {
        return surroundings.controllers().withNamespaces().stream()
                .filter(one -> one.admin().isQueue())
                .filter(which)
                .map(one -> new Login(
                        one.host().nqn(), one.admin().peer(), one.portal().address()))
                .toList();
    }

    /** Whether hosts may come through this portal; false for an address that is none. */
    public boolean isInService(InetSocketAddress address) {
        return entrances.stream().anyMatch(one -> one.all().address().equals(address) && one.isInService());
    }

    /** How namespaces are reached through this portal. */
    public Path.Access access(InetSocketAddress address) {
        return entrance(address).path().setting();
    }

    /** Has namespaces be reached like this through a portal from now on; its hosts are told. Base 2.0, section 8.1. */
    public void setAccess(InetSocketAddress address, Path.Access access) {
        PortalPath path = entrance(address).path();
        if (path.set(access)) {
            surroundings.viewers().accessChanged(path);
        }
    }

    /**
     * Both portals of the data address. Hosts that want to know hear that namespaces can't be reached there any more, and
     * have a moment to look at it, before their controllers end.
     */
    @Override
    public void takeOutOfService(InetSocketAddress address) {
        Entrance entrance = entrance(address);
        entrance.close();
        if (entrance.path().serve(false)) {
            surroundings.viewers().accessChanged(entrance.path());
            awaitAttention(entrance.path());
        }
        ListingWatcher.lookAgain(surroundings.controllers());
        connections.dismiss(connection -> connection.entrance() == entrance);
    }

    @Override
    public void putIntoService(InetSocketAddress address) throws IOException {
        Entrance entrance = entrance(address);
        entrance.path().serve(true);
        entrance.reopen(connections);
        ListingWatcher.lookAgain(surroundings.controllers());
    }

    private void awaitAttention(PortalPath path) {
        long end = System.nanoTime() + ATTENTION.toNanos();
        while (!surroundings.viewers().knowAccess(path) && end - System.nanoTime() > 0) {
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    private Entrance entrance(InetSocketAddress address) {
        return entrances.stream()
                .filter(one -> one.all().address().equals(address))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no portal " + address));
    }

    @Override
    public void close() {
        entrances.forEach(Entrance::close);
        connections.close();
        surroundings.slowLane().close();
        registrations.forEach(LogicalUnits.Registration::close);
    }

    /** Tells hosts that look for subsystems when what they would find has changed. */
    private record ListingWatcher(Controllers controllers) implements LogicalUnits.Watcher {
        static void lookAgain(Controllers controllers) {
            controllers.all().stream()
                    .map(Controller::service)
                    .filter(DiscoveryService.class::isInstance)
                    .map(DiscoveryService.class::cast)
                    .forEach(DiscoveryService::look);
        }

        @Override
        public void unitsChanged(String initiator) {
            controllers.all().stream()
                    .map(Controller::service)
                    .filter(DiscoveryService.class::isInstance)
                    .map(DiscoveryService.class::cast)
                    .filter(service -> service.isOf(initiator))
                    .forEach(DiscoveryService::look);
        }

        @Override
        public void sizeChanged(String initiator, int lun) {
            // not to be seen in a listing
        }

        @Override
        public void reservationChanged(LogicalUnit unit, Registrant registrant, Reservations.Event event) {
            // not to be seen in a listing
        }
    }
}
