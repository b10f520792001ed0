package io.stowage.array.iscsi;

import io.stowage.array.core.Aborters;
import io.stowage.array.core.DataPorts;
import io.stowage.array.core.LogicalUnits;
import io.stowage.array.core.Logins;
import io.stowage.array.fault.Faults;
import io.stowage.array.net.BufferPool;
import io.stowage.array.net.Portal;
import io.stowage.array.net.SlowLane;
import io.stowage.iscsi.login.Preferences;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The iSCSI front end: portals, each of which is a target port of every target that is served there. Closing it asks the
 * initiators to log out, ends all sessions and returns when nothing of it touches a unit any more.
 */
public final class IscsiTarget implements Logins, AutoCloseable {
    private final List<Target> targets;
    private final List<Portal> portals;
    private final Connections connections;
    private final SlowLane slowLane;
    private final List<LogicalUnits.Registration> registrations;

    private IscsiTarget(
            Surroundings surroundings, Connections connections, List<LogicalUnits.Registration> registrations) {
        this.targets = surroundings.targets();
        this.portals = surroundings.portals();
        this.connections = connections;
        this.slowLane = surroundings.slowLane();
        this.registrations = registrations;
    }

    /**
     * Starts targets with large segments and bursts.
     *
     * @param served their names and units; initiators choose one by its name when they log in, and discovery tells them
     *     of those that know them
     * @param addresses where to listen, in the order of the portals' tags from 1; port 0 takes any free one
     * @param faults what is to go wrong with commands
     * @param aborters of all front ends: this one's are added
     * @throws IOException an address can't be listened on; nothing is left behind then
     */
    public static IscsiTarget start(
            List<Served> served, List<InetSocketAddress> addresses, Faults faults, Aborters aborters)
            throws IOException {
        return start(served, addresses, Preferences.DEFAULT, Limits.DEFAULT, faults, aborters);
    }

    /** As {@link #start(List, List, Faults, Aborters)}, as the only front end. */
    public static IscsiTarget start(List<Served> served, List<InetSocketAddress> addresses, Faults faults)
            throws IOException {
        return start(served, addresses, faults, new Aborters());
    }

    /** As {@link #start(List, List, Faults)}, with one target. */
    public static IscsiTarget start(String iqn, List<InetSocketAddress> addresses, LogicalUnits units, Faults faults)
            throws IOException {
        return start(List.of(new Served(iqn, units)), addresses, faults);
    }

    /** As {@link #start(String, List, LogicalUnits, Faults)} when nothing is ever to go wrong. */
    public static IscsiTarget start(String iqn, List<InetSocketAddress> addresses, LogicalUnits units)
            throws IOException {
        return start(iqn, addresses, units, new Faults());
    }

    static IscsiTarget start(
            String iqn, List<InetSocketAddress> addresses, LogicalUnits units, Preferences preferences, Limits limits)
            throws IOException {
        return start(List.of(new Served(iqn, units)), addresses, preferences, limits, new Faults(), new Aborters());
    }

    private static IscsiTarget start(
            List<Served> served,
            List<InetSocketAddress> addresses,
            Preferences preferences,
            Limits limits,
            Faults faults,
            Aborters aborters)
            throws IOException {
        List<Portal> portals = new ArrayList<>();
        try {
            for (InetSocketAddress address : addresses) {
                portals.add(Portal.open("iscsi", address, portals.size() + 1));
            }
        } catch (IOException e) {
            portals.forEach(Portal::close);
            throw e;
        }
        Surroundings surroundings = new Surroundings(
                served.stream()
                        .map(each -> Target.of(each, portals.size(), limits, aborters))
                        .toList(),
                portals,
                new SlowLane("iscsi"),
                new BufferPool(limits.load().totalBytes()),
                preferences,
                limits,
                faults);
        Connections connections = new Connections(surroundings);
        List<LogicalUnits.Registration> registrations =
                surroundings.targets().stream().map(Target::watch).toList();
        portals.forEach(portal -> portal.accept(connections));
        return new IscsiTarget(surroundings, connections, registrations);
    }

    /** Where it listens, in the order of the portals' tags. */
    public List<InetSocketAddress> addresses() {
        return portals.stream().map(Portal::address).toList();
    }

    /** Who is logged in now, to any target, discovery sessions left out. */
    @Override
    public List<Login> now() {
        return targets.stream().flatMap(IscsiTarget::logins).toList();
    }

    private static Stream<Login> logins(Target target) {
        return target.sessions().all().stream().map(Session::login);
    }

    /**
     * The portals as they belong to one target: who is logged in there, and which portals it lets initiators in by.
     *
     * @throws IllegalArgumentException no such target is served
     */
    public DataPorts portsOf(String iqn) {
        Target target = targets.stream()
                .filter(each -> each.iqn().equalsIgnoreCase(iqn))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no target " + iqn));
        return new DataPorts() {
            @Override
            public List<Login> now() {
                return logins(target).toList();
            }

            @Override
            public void takeOutOfService(InetSocketAddress address) {
                IscsiTarget.this.takeOutOfService(address);
            }

            @Override
            public void putIntoService(InetSocketAddress address) throws IOException {
                IscsiTarget.this.putIntoService(address);
            }
        };
    }

    /** Whether initiators may come through this portal; false for an address that is none. */
    public boolean isInService(InetSocketAddress address) {
        return portals.stream().anyMatch(portal -> portal.address().equals(address) && portal.isInService());
    }

    /** Asks initiators to leave a portal, whatever target they use, and lets nobody in any more. */
    public void takeOutOfService(InetSocketAddress address) {
        Portal portal = portal(address);
        portal.close();
        connections.dismiss(connection -> connection.portal() == portal);
    }

    /** Lets initiators come through a portal again. */
    public void putIntoService(InetSocketAddress address) throws IOException {
        portal(address).reopen(connections);
    }

    private Portal portal(InetSocketAddress address) {
        return portals.stream()
                .filter(portal -> portal.address().equals(address))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no portal " + address));
    }

    @Override
    public void close() {
        portals.forEach(Portal::close);
        connections.close();
        slowLane.close();
        registrations.forEach(LogicalUnits.Registration::close);
    }
}
