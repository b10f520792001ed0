package io.stowage.array.wsapi.port;

import io.stowage.array.core.Logins;
import io.stowage.array.wsapi.port.Port.Protocol;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All ports, and who is logged in through them. */
public final class Ports {
    private static final int NODES = 2;
    private static final int ISCSI_SLOT = 3;
    private static final int NVME_SLOT = 4;

    private final List<Port> ports;
    private final List<Logins> logins;

    /** A path that is in use. */
    public record Path(String initiator, String from, PortPosition position) {}

    /**
     * The ports of an array.
     *
     * @param iscsi its iSCSI portals, in their order
     * @param nvme the same for NVMe over TCP
     * @param logins who came in through them
     */
    public Ports(List<InetSocketAddress> iscsi, List<InetSocketAddress> nvme, List<Logins> logins) {
        var all = new ArrayList<Port>();
        add(all, Protocol.ISCSI, ISCSI_SLOT, iscsi);
        add(all, Protocol.NVME_TCP, NVME_SLOT, nvme);
        this.ports = List.copyOf(all);
        this.logins = List.copyOf(logins);
    }

    /** Spreads the addresses over the nodes, as one plugs cables. */
    private static void add(List<Port> all, Protocol protocol, int slot, List<InetSocketAddress> addresses) {
        for (int i = 0; i < addresses.size(); i++) {
            var position = new PortPosition(i % NODES, slot, 1 + i / NODES);
            all.add(new Port(position, protocol, addresses.get(i)));
        }
    }

    public List<Port> all() {
        return ports;
    }

    public Optional<Port> at(PortPosition position) {
        return ports.stream().filter(port -> port.position().equals(position)).findFirst();
    }

    /** The paths that are in use now, each once. */
    public List<Path> paths() {
        return logins.stream()
                .flatMap(each -> each.now().stream())
                .flatMap(this::path)
                .distinct()
                .toList();
    }

    private Stream<Path> path(Logins.Login login) {
        return ports.stream()
                .filter(port -> port.address().equals(login.portal()))
                .map(port ->
                        new Path(login.initiator(), login.from().getAddress().getHostAddress(), port.position()));
    }
}
