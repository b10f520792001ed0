package io.stowage.array.iscsi;

import io.stowage.array.core.DataPorts;
import io.stowage.array.core.LogicalUnits;
import io.stowage.array.core.Logins.Login;
import io.stowage.array.fault.Faults;
import io.stowage.array.net.BufferPool;
import io.stowage.array.net.Portal;
import io.stowage.array.net.SlowLane;
import io.stowage.array.scsi.DeviceServer;
import io.stowage.array.scsi.Nexuses;
import io.stowage.array.scsi.TargetDevice;
import io.stowage.iscsi.login.Preferences;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A running iSCSI target: one name, several portals, each of which is a target port of its own. Closing it asks the
 * initiators to log out, ends all sessions and returns when nothing of it touches a unit any more.
 */
public final class IscsiTarget implements DataPorts, AutoCloseable {
    private final String iqn;
    private final List<Portal> portals;
    private final Sessions sessions;
    private final Connections connections;
    private final SlowLane slowLane;
    private final LogicalUnits.Registration registration;

    private IscsiTarget(
            String iqn,
            List<Portal> portals,
            Sessions sessions,
            Connections connections,
            SlowLane slowLane,
            LogicalUnits.Registration registration) {
        this.iqn = iqn;
        this.portals = portals;
        this.sessions = sessions;
        this.connections = connections;
        this.slowLane = slowLane;
        this.registration = registration;
    }

    /**
     * Starts a target with large segments and bursts.
     *
     * @param iqn the target's name
     * @param addresses where to listen, in the order of the portals' tags from 1; port 0 takes any free one
     * @param faults what is to go wrong with commands
     * @throws IOException an address can't be listened on; nothing is left behind then
     */
    public static IscsiTarget start(String iqn, List<InetSocketAddress> addresses, LogicalUnits units, Faults faults)
            throws IOException {
        return start(iqn, addresses, units, Preferences.DEFAULT, Limits.DEFAULT, faults);
    }

    /** As {@link #start(String, List, LogicalUnits, Faults)} when nothing is ever to go wrong. */
    public static IscsiTarget start(String iqn, List<InetSocketAddress> addresses, LogicalUnits units)
            throws IOException {
        return start(iqn, addresses, units, new Faults());
    }

    static IscsiTarget start(
            String iqn, List<InetSocketAddress> addresses, LogicalUnits units, Preferences preferences, Limits limits)
            throws IOException {
        return start(iqn, addresses, units, preferences, limits, new Faults());
    }

    private static IscsiTarget start(
            String iqn,
            List<InetSocketAddress> addresses,
            LogicalUnits units,
            Preferences preferences,
            Limits limits,
            Faults faults)
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
        TargetDevice device = new TargetDevice(
                iqn, IntStream.rangeClosed(1, portals.size()).boxed().toList());
        Nexuses nexuses = new Nexuses(units);
        SlowLane slowLane = new SlowLane("iscsi");
        Sessions sessions = new Sessions(limits, units.meters());
        Surroundings surroundings = new Surroundings(
                iqn,
                List.copyOf(portals),
                units,
                new DeviceServer(units, device, nexuses, new SessionAborter(sessions)),
                nexuses,
                sessions,
                slowLane,
                new BufferPool(limits.load().totalBytes()),
                preferences,
                limits,
                faults);
        Connections connections = new Connections(surroundings);
        LogicalUnits.Registration registration = units.watch(nexuses);
        portals.forEach(portal -> portal.accept(connections));
        return new IscsiTarget(iqn, List.copyOf(portals), sessions, connections, slowLane, registration);
    }

    /** The target's name. */
    public String iqn() {
        return iqn;
    }

    /** Where the target listens, in the order of the portals' tags. */
    public List<InetSocketAddress> addresses() {
        return portals.stream().map(Portal::address).toList();
    }

    /** Who is logged in now, discovery sessions left out. */
    @Override
    public List<Login> now() {
        return sessions.all().stream().map(Session::login).toList();
    }

    /** Whether initiators may come through this portal; false for an address that is none. */
    public boolean isInService(InetSocketAddress address) {
        return portals.stream().anyMatch(portal -> portal.address().equals(address) && portal.isInService());
    }

    @Override
    public void takeOutOfService(InetSocketAddress address) {
        Portal portal = portal(address);
        portal.close();
        connections.dismiss(connection -> connection.portal() == portal);
    }

    @Override
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
        registration.close();
    }
}
