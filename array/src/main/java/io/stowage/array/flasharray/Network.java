package io.stowage.array.flasharray;

import io.stowage.array.core.Estate;
import io.stowage.web.json.Json;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /ports} and {@code /network-interfaces}. Beside the interfaces that carry data there are the others that real
 * arrays have, and that a driver must leave alone: management, replication, one that is off, a VLAN without address.
 */
final class Network {
    private static final int FIRST_DATA = 4;

    private final Estate estate;
    private final Identity identity;
    private final List<Interface> interfaces;

    /**
     * @param iscsi the portal, for a port that carries iSCSI
     */
    private record Interface(
            String name,
            boolean enabled,
            Optional<InetAddress> address,
            List<String> services,
            String subtype,
            Optional<InetSocketAddress> iscsi) {}

    Network(Estate estate, Identity identity, InetAddress management, List<InetSocketAddress> iscsi) {
        this.estate = estate;
        this.identity = identity;
        this.interfaces = interfaces(management, iscsi);
    }

    private static List<Interface> interfaces(InetAddress management, List<InetSocketAddress> iscsi) {
        var all = new ArrayList<Interface>();
        for (int i = 0; i < iscsi.size(); i++) {
            var name = "ct%d.eth%d".formatted(i % 2, FIRST_DATA + i / 2);
            var portal = iscsi.get(i);
            all.add(new Interface(
                    name, true, Optional.of(portal.getAddress()), List.of("iscsi"), "physical", Optional.of(portal)));
        }
        all.add(other("ct0.eth0", true, Optional.of(management), List.of("management"), "physical"));
        all.add(other("ct0.eth2", true, Optional.empty(), List.of("replication"), "physical"));
        all.add(other("ct0.eth4.222", true, Optional.empty(), List.of("iscsi"), "vif"));
        all.add(other("ct0.eth19", false, Optional.empty(), List.of("iscsi"), "physical"));
        all.add(other("vir0", true, Optional.of(management), List.of("management"), "vif"));
        return List.copyOf(all);
    }

    private static Interface other(
            String name, boolean enabled, Optional<InetAddress> address, List<String> services, String subtype) {
        return new Interface(name, enabled, address, services, subtype, Optional.empty());
    }

    /** The number of the controller whose port this portal is: 0 or 1. */
    int controllerOf(InetSocketAddress portal) {
        return interfaces.stream()
                .filter(one -> one.iscsi().equals(Optional.of(portal)))
                .map(one -> one.name().startsWith("ct0.") ? 0 : 1)
                .findFirst()
                .orElse(0);
    }

    Answer interfaces(Call call) {
        var items = interfaces.stream().map(Network::describe).toList();
        return estate.read(objects -> Listing.page(new Rows(() -> items, Wording.INTERFACE_MISSING), objects, call));
    }

    Answer ports(Call call) {
        var items = interfaces.stream()
                .filter(one -> one.name().startsWith("ct") && one.services().contains("iscsi"))
                .map(this::port)
                .toList();
        return estate.read(objects -> Listing.page(new Rows(() -> items, Wording.PORT_MISSING), objects, call));
    }

    /** Names are upper case here and lower case among the interfaces; a port without address has no IQN. */
    private ObjectNode port(Interface one) {
        return Json.object()
                .put("name", one.name().toUpperCase(Locale.ROOT))
                .put("iqn", one.iscsi().map(_ -> identity.iqn()).orElse(null))
                .putNull("nqn")
                .putNull("wwn")
                .put("portal", one.iscsi().map(Network::portal).orElse(null))
                .putNull("failover");
    }

    private static String portal(InetSocketAddress portal) {
        return text(portal.getAddress()) + ":" + portal.getPort();
    }

    private static String text(InetAddress address) {
        var text = address.getHostAddress();
        return address instanceof Inet6Address ? "[" + text + "]" : text;
    }

    private static ObjectNode describe(Interface one) {
        var services = Json.array();
        one.services().forEach(services::add);
        var eth = Json.object()
                .put("address", one.address().map(InetAddress::getHostAddress).orElse(null))
                .putNull("gateway")
                .put("netmask", one.address().map(_ -> "255.255.255.0").orElse(null))
                .put("mac_address", "24:a9:37:00:00:00")
                .put("mtu", 1500)
                .put("subtype", one.subtype());
        eth.set("subinterfaces", Json.array());
        eth.set("subnet", References.noName());
        eth.putNull("vlan");
        var item = Json.object()
                .put("name", one.name())
                .put("enabled", one.enabled())
                .put("interface_type", "eth")
                .put("speed", 25_000_000_000L);
        item.set("services", services);
        item.set("eth", eth);
        item.set("fc", Json.object().putNull("wwn"));
        return item;
    }
}
