package io.stowage.array.flasharray;

import io.stowage.array.core.Estate;
import io.stowage.array.core.Logins;
import io.stowage.web.json.Json;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** {@code /ports} and {@code /ports/initiators}: where hosts log in, and who has. */
final class Ports {
    private final Estate estate;
    private final Identity identity;
    private final Network network;
    private final Logins logins;

    Ports(Estate estate, Identity identity, Network network, Logins logins) {
        this.estate = estate;
        this.identity = identity;
        this.network = network;
        this.logins = logins;
    }

    List<Endpoint> endpoints() {
        return List.of(
                new Endpoint("GET", "ports", 0, this::list),
                new Endpoint("GET", "ports/initiators", 0, new PortInitiators(estate, this, logins)::list));
    }

    private Answer list(Call call) {
        var items = network.interfaces().stream()
                .filter(one -> one.name().startsWith("ct") && one.services().contains("iscsi"))
                .flatMap(this::ports)
                .toList();
        return page(call, items);
    }

    private Answer page(Call call, List<ObjectNode> items) {
        return estate.read(objects -> Listing.page(new Rows(() -> items, Wording.PORT_MISSING), objects, call));
    }

    /** The port that this portal is. */
    ObjectNode portOf(InetSocketAddress portal) {
        return network.interfaces().stream()
                .filter(one -> one.portals().contains(portal))
                .findFirst()
                .map(one -> port(one, one.nvme().equals(Optional.of(portal)), Optional.of(portal)))
                .orElseGet(() -> Json.object().putNull("name").put("portal", text(portal)));
    }

    /** One for each protocol that a port carries. */
    private Stream<ObjectNode> ports(Interface one) {
        return Stream.concat(
                Stream.of(port(one, false, one.iscsi())),
                one.nvme().stream().map(portal -> port(one, true, Optional.of(portal))));
    }

    /** Names are upper case here and lower case among the interfaces; a port without address has no IQN. */
    private ObjectNode port(Interface one, boolean nvme, Optional<InetSocketAddress> portal) {
        return Json.object()
                .put("name", one.portName())
                .put("iqn", nvme || portal.isEmpty() ? null : identity.iqn())
                .put("nqn", nvme ? identity.nqn() : null)
                .putNull("wwn")
                .put("portal", portal.map(Ports::text).orElse(null))
                .putNull("failover");
    }

    /** As the array writes addresses: IPv6 in brackets. */
    static String text(InetSocketAddress address) {
        var host = address.getAddress().getHostAddress();
        return (address.getAddress() instanceof Inet6Address ? "[" + host + "]" : host) + ":" + address.getPort();
    }
}
