package io.stowage.array.flasharray;

import io.stowage.array.core.DataPortals;
import io.stowage.array.core.DataPorts;
import io.stowage.array.core.Draft;
import io.stowage.array.core.Estate;
import io.stowage.array.core.Objects;
import io.stowage.web.json.Json;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /network-interfaces}. Beside the interfaces that carry data there are the others that real arrays have, and
 * that a driver must leave alone: management, replication, one that is off, a VLAN without address.
 */
final class Network implements Resource<Interface> {
    private static final Logger LOG = System.getLogger(Network.class.getName());

    /** Of every interface, in bits per second. */
    static final long SPEED = 25_000_000_000L;

    private static final int FIRST_DATA = 4;

    private final Estate estate;
    private final List<Interface> interfaces;
    private final Subnets subnets;
    private final DataPorts ports;

    Network(Estate estate, InetAddress management, DataPortals portals) {
        this.estate = estate;
        this.ports = portals.ports();
        this.interfaces = interfaces(management, portals);
        this.subnets = new Subnets(estate, interfaces);
        interfaces.forEach(this::settle); // what was switched off stays so when the array is started again
    }

    List<Endpoint> endpoints() {
        var endpoints = new ArrayList<>(subnets.endpoints());
        endpoints.add(new Endpoint("GET", "network-interfaces", 0, this::list));
        endpoints.add(new Endpoint("PATCH", "network-interfaces", 0, this::update));
        return List.copyOf(endpoints);
    }

    private static List<Interface> interfaces(InetAddress management, DataPortals portals) {
        var all = new ArrayList<Interface>();
        for (int i = 0; i < portals.iscsi().size(); i++) {
            var name = "ct%d.eth%d".formatted(i % 2, FIRST_DATA + i / 2);
            all.add(data(
                    name,
                    portals.iscsi().get(i),
                    i < portals.nvme().size() ? Optional.of(portals.nvme().get(i)) : Optional.empty()));
        }
        all.add(other("ct0.eth0", true, Optional.of(management), List.of("management"), "physical"));
        all.add(other("ct0.eth2", true, Optional.empty(), List.of("replication"), "physical"));
        all.add(other("ct0.eth4.222", true, Optional.empty(), List.of("iscsi"), "vif"));
        all.add(other("ct0.eth19", false, Optional.empty(), List.of("iscsi"), "physical"));
        all.add(other("vir0", true, Optional.of(management), List.of("management"), "vif"));
        return List.copyOf(all);
    }

    private static Interface data(String name, InetSocketAddress iscsi, Optional<InetSocketAddress> nvme) {
        return new Interface(
                name,
                true,
                Optional.of(iscsi.getAddress()),
                nvme.isPresent() ? List.of("iscsi", "nvme-tcp") : List.of("iscsi"),
                "physical",
                Optional.of(iscsi),
                nvme);
    }

    private static Interface other(
            String name, boolean enabled, Optional<InetAddress> address, List<String> services, String subtype) {
        return new Interface(name, enabled, address, services, subtype, Optional.empty(), Optional.empty());
    }

    List<Interface> interfaces() {
        return interfaces;
    }

    /** The names of the controllers' ports. */
    List<String> physicalNames() {
        return interfaces.stream()
                .filter(Interface::isPhysical)
                .map(Interface::name)
                .toList();
    }

    /** The number of the controller whose port this portal is: 0 or 1. */
    int controllerOf(InetSocketAddress portal) {
        return interfaces.stream()
                .filter(one -> one.portals().contains(portal))
                .map(one -> one.name().startsWith("ct0.") ? 0 : 1)
                .findFirst()
                .orElse(0);
    }

    private Answer list(Call call) {
        return estate.read(objects -> Listing.page(this, objects, call));
    }

    private Answer update(Call call) {
        call.body().requireAny("enabled", "eth", "services");
        var answer = change(call);
        // Not while the objects are locked: hosts are given seconds to leave.
        estate.read(objects -> Listing.required(this, objects, call)).forEach(this::settle);
        return answer;
    }

    private Answer change(Call call) {
        return Answer.Items.of(estate, this, call, draft -> {
            var changed = Listing.required(this, draft.objects(), call);
            changed.forEach(one -> update(draft, one, call.body()));
            return changed;
        });
    }

    private void update(Draft draft, Interface one, Body body) {
        var before = one.state(draft.objects());
        var enabled = body.flag("enabled").orElse(before.enabled());
        if (body.has("services") || one.isServing() && one.portals().isEmpty() && !enabled) {
            throw Refusal.of(one.name(), Wording.INTERFACE_FIXED);
        }
        var eth = body.object("eth").orElse(Body.of(Json.object()));
        if (eth.has("address") || eth.has("gateway") || eth.has("netmask")) {
            throw Refusal.of(one.name(), Wording.INTERFACE_ADDRESS);
        }
        var subnet = eth.object("subnet").isPresent()
                ? eth.reference("subnet").filter(name -> !name.isEmpty()).map(name -> attached(draft, one, name))
                : before.subnetName();
        one.save(draft, new Interface.State(enabled, Subnet.mtu(eth, before.mtu()), subnet.orElse(null)));
    }

    /** Hosts come through the interface if it is enabled. */
    private void settle(Interface one) {
        var enabled = estate.read(one::state).enabled();
        one.portals().forEach(portal -> {
            try {
                if (enabled) {
                    ports.putIntoService(portal);
                } else {
                    ports.takeOutOfService(portal);
                }
            } catch (IOException e) {
                LOG.log(Level.WARNING, "{0} is enabled, but can''t serve: {1}", one.name(), e.getMessage());
            }
        });
    }

    /** The name of the subnet, as it is spelled there. */
    private String attached(Draft draft, Interface one, String name) {
        var subnet = subnets.named(draft.objects(), name).orElseThrow(() -> Refusal.of(name, Wording.SUBNET_MISSING));
        if (one.address().filter(address -> !subnet.contains(address)).isPresent()) {
            throw Refusal.of(one.name(), Wording.SUBNET_OUTSIDE);
        }
        return subnet.name();
    }

    @Override
    public Collection<Interface> all(Objects objects) {
        return interfaces;
    }

    @Override
    public Optional<Interface> named(Objects objects, String name) {
        return interfaces.stream()
                .filter(one -> one.name().equalsIgnoreCase(name))
                .findFirst();
    }

    @Override
    public String name(Objects objects, Interface one) {
        return one.name();
    }

    @Override
    public String missing() {
        return Wording.INTERFACE_MISSING;
    }

    @Override
    public ObjectNode item(Objects objects, Interface one, ApiVersion version) {
        var state = one.state(objects);
        var item = Json.object()
                .put("name", one.name())
                .put("enabled", state.enabled())
                .put("interface_type", "eth")
                .put("speed", SPEED);
        item.set("services", References.texts(one.services()));
        item.set("eth", eth(objects, one, state));
        item.set("fc", Json.object().putNull("wwn"));
        return item;
    }

    private ObjectNode eth(Objects objects, Interface one, Interface.State state) {
        var subnet = state.subnetName().flatMap(name -> subnets.named(objects, name));
        var mask = subnet.flatMap(Subnet::cidr).map(Cidr::mask).orElse("255.255.255.0");
        var vlan = one.subtype().equals("vif") && one.name().contains(".eth")
                ? Optional.of(Integer.parseInt(one.name().substring(one.name().lastIndexOf('.') + 1)))
                : subnet.map(Subnet::vlan).filter(tag -> tag != 0);
        var eth = Json.object()
                .put("address", one.address().map(InetAddress::getHostAddress).orElse(null))
                .put("gateway", subnet.flatMap(Subnet::gatewayText).orElse(null))
                .put("netmask", one.address().map(_ -> mask).orElse(null))
                .put("mac_address", mac(interfaces.indexOf(one)))
                .put("mtu", state.mtu())
                .put("subtype", one.subtype());
        eth.set("subinterfaces", Json.array());
        eth.set("subnet", state.subnetName().map(References::toName).orElseGet(References::noName));
        return eth.put("vlan", vlan.orElse(null));
    }

    /** Of the same make as a real array's, and different for each interface. */
    private static String mac(int index) {
        return "24:a9:37:00:00:%02x".formatted(index);
    }
}
