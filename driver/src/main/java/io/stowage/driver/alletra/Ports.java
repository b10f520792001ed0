package io.stowage.driver.alletra;

import io.stowage.driver.ArrayTarget;
import io.stowage.driver.rest.Call;
import io.stowage.model.InvalidValue;
import io.stowage.model.Portal;
import io.stowage.model.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The data ports of an array. */
final class Ports {
    private static final System.Logger LOG = System.getLogger(Ports.class.getName());
    private static final int TARGET = 2;
    private static final int READY = 4;
    private static final int ISCSI = 2;
    private static final int NVME = 6;

    private final Wsapi wsapi;

    Ports(Wsapi wsapi) {
        this.wsapi = wsapi;
    }

    /**
     * Where the array serves this protocol. Of iSCSI ports those with the name of the first one; by NVMe/TCP each host has a
     * subsystem of its own.
     */
    Optional<ArrayTarget> target(Protocol protocol) {
        var ready = wsapi.members(Call.get("list the ports", "ports"), Items.Port.class).stream()
                .filter(port -> port.linkState() == READY && port.mode() == TARGET)
                .filter(port -> port.protocol() == (protocol == Protocol.ISCSI ? ISCSI : NVME))
                .toList();
        var name = protocol == Protocol.ISCSI
                ? ready.stream().flatMap(port -> port.iscsiName().stream()).findFirst()
                : Optional.<String>empty();
        var portals = portals(ready, protocol, name);
        return portals.isEmpty() ? Optional.empty() : Optional.of(new ArrayTarget(protocol, name, portals));
    }

    private static List<Portal> portals(List<Items.Port> ports, Protocol protocol, Optional<String> name) {
        var portals = new ArrayList<Portal>();
        for (var port : ports) {
            var address = protocol == Protocol.ISCSI
                    ? port.iscsiAddress().filter(_ -> port.iscsiName().equals(name))
                    : Optional.ofNullable(port.nodeWWN());
            try {
                address.map(text -> Portal.parse(text, protocol.defaultPort())).ifPresent(portals::add);
            } catch (InvalidValue e) {
                LOG.log(System.Logger.Level.WARNING, "A port of the array is left out: {0}", e.getMessage());
            }
        }
        return portals.stream().distinct().toList();
    }
}
