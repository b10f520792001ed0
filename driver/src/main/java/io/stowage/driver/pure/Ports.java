package io.stowage.driver.pure;

import io.stowage.driver.ArrayTarget;
import io.stowage.driver.rest.Call;
import io.stowage.model.InvalidValue;
import io.stowage.model.Portal;
import io.stowage.model.Protocol;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The data ports of an array. */
final class Ports {
    private static final System.Logger LOG = System.getLogger(Ports.class.getName());

    private final Rest rest;

    Ports(Rest rest) {
        this.rest = rest;
    }

    /** Where the array serves this protocol: ports with the target's name on enabled interfaces with the service. */
    Optional<ArrayTarget> target(Protocol protocol) {
        var addresses = addresses(protocol);
        if (addresses.isEmpty()) return Optional.empty();
        var ports = rest.items(Call.get("list the ports", "ports"), Items.Port.class);
        var name = ports.stream()
                .filter(port -> addresses.containsKey(lower(port.name())))
                .flatMap(port -> name(port, protocol).stream())
                .findFirst();
        return name.map(qualified -> new ArrayTarget(protocol, name, portals(ports, qualified, protocol, addresses)));
    }

    /** The addresses of interfaces with the service, by name in lower case: ports bear the same names in upper case. */
    private Map<String, String> addresses(Protocol protocol) {
        var call = Call.get("list the network interfaces", "network-interfaces")
                .with(
                        "filter",
                        Filter.and("enabled='true'", "eth.address", Filter.equal("services", service(protocol))));
        var addresses = new HashMap<String, String>();
        for (var item : rest.items(call, Items.Interface.class)) {
            var address = item.eth() == null ? null : item.eth().address();
            if (item.enabled() && address != null && !address.isEmpty()) addresses.put(lower(item.name()), address);
        }
        return addresses;
    }

    private static List<Portal> portals(
            List<Items.Port> ports, String qualified, Protocol protocol, Map<String, String> addresses) {
        Set<Portal> portals = new LinkedHashSet<>();
        for (var port : ports) {
            var address = addresses.get(lower(port.name()));
            if (address == null || !name(port, protocol).equals(Optional.of(qualified))) continue;
            var given = port.portal() == null || port.portal().isEmpty() ? address : port.portal();
            try {
                portals.add(Portal.parse(given, protocol.defaultPort()));
            } catch (InvalidValue e) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "port {0} of the array is left out: {1}",
                        port.name(),
                        e.getMessage());
            }
        }
        return List.copyOf(portals);
    }

    private static Optional<String> name(Items.Port port, Protocol protocol) {
        var name = protocol == Protocol.ISCSI ? port.iqn() : port.nqn();
        return Optional.ofNullable(name).filter(text -> !text.isEmpty());
    }

    private static String service(Protocol protocol) {
        return protocol == Protocol.ISCSI ? "iscsi" : "nvme-tcp";
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
