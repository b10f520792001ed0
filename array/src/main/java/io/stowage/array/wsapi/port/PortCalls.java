package io.stowage.array.wsapi.port;

import io.stowage.array.wsapi.port.Port.Protocol;
import io.stowage.array.wsapi.rest.Answer;
import io.stowage.array.wsapi.rest.Call;
import io.stowage.array.wsapi.rest.Endpoint;
import io.stowage.array.wsapi.rest.Problem;
import io.stowage.array.wsapi.system.Identity;
import io.stowage.web.json.Json;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** {@code /ports} (section 4). */
public final class PortCalls {
    private static final Set<String> QUERIED =
            Set.of("type", "protocol", "mode", "linkState", "IPAddr", "iSCSIName", "nodeWWN", "label");
    private static final int TARGET = 2;
    private static final int READY = 4;
    private static final int NO_FAILOVER = 1;
    private static final int MTU = 9000;

    private final Ports ports;
    private final Identity identity;

    public PortCalls(Ports ports, Identity identity) {
        this.ports = ports;
        this.identity = identity;
    }

    public List<Endpoint> rows() {
        return List.of(
                new Endpoint("GET", "ports", this::list),
                new Endpoint("GET", "ports/*", this::get),
                new Endpoint("GET", "ports/*/iSCSIVlans", this::vlans));
    }

    private Answer list(Call call) {
        return call.members(QUERIED, ports.all().stream().map(this::json));
    }

    private Answer get(Call call) {
        return Answer.of(json(port(call)));
    }

    /** No port is tagged. */
    private Answer vlans(Call call) {
        if (port(call).protocol() != Protocol.ISCSI) {
            throw Problem.BAD_PORT_TYPE.refusal();
        }
        var body = Json.object();
        body.putArray("iSCSIVlans");
        return Answer.of(body);
    }

    private Port port(Call call) {
        return ports.at(PortPosition.parse(call.name())).orElseThrow(Problem.NON_EXISTENT_PORT::refusal);
    }

    private ObjectNode json(Port port) {
        var json = Json.object();
        json.set("portPos", port.position().json());
        json.put("mode", TARGET)
                .put("linkState", READY)
                .put("protocol", port.protocol().number())
                .put("type", port.protocol().type())
                .put("label", "DP-" + port.position())
                .put("failoverState", NO_FAILOVER)
                .put("HWAddr", hardwareAddress(port));
        json.putArray("device");
        switch (port.protocol()) {
            case ISCSI -> {
                json.put("IPAddr", port.ip()).put("iSCSIName", identity.iqn());
                json.set("iSCSIPortInfo", portInfo(port));
            }
            case NVME_TCP -> json.put("nodeWWN", port.ip()); // where the array has it
        }
        return json;
    }

    private ObjectNode portInfo(Port port) {
        return Json.object()
                .put("IPAddr", port.ip())
                .put("iSCSIName", identity.iqn())
                .put("netmask", "255.255.255.0")
                .put("gateway", "0.0.0.0")
                .put("mtu", MTU)
                .put("vlan", 0)
                .put("stgt", number(port))
                .put("tpgt", number(port))
                .put("rate", "10Gbps")
                .put("iSNSAddr", "0.0.0.0")
                .put("iSNSPort", 3205);
    }

    /** In the order of the portals, from 1: the tag of its portal group. */
    private int number(Port port) {
        return 1
                + ports.all().stream()
                        .filter(other -> other.protocol() == port.protocol())
                        .toList()
                        .indexOf(port);
    }

    private String hardwareAddress(Port port) {
        var position = port.position();
        return "0002AC%06X"
                .formatted(
                        (identity.number() ^ position.node() << 16 ^ position.slot() << 8 ^ position.card()) & 0xFFFFFF)
                .toUpperCase(Locale.ROOT);
    }
}
