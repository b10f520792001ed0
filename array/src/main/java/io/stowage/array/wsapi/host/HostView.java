package io.stowage.array.wsapi.host;

import io.stowage.array.core.ChapCredentials;
import io.stowage.array.core.Host;
import io.stowage.array.wsapi.port.Ports;
import io.stowage.web.json.Json;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Hosts as they are shown (section 9). */
final class HostView {
    /** What queries may ask for. */
    static final Set<String> QUERIED =
            Set.of("id", "name", "persona", "FCPaths", "iSCSIPaths", "NVMETCPPaths", "initiatorChapName");

    private HostView() {}

    /** @param paths that are in use */
    static ObjectNode json(Host host, List<Ports.Path> paths) {
        var initiators = Initiators.of(host);
        var json = Json.object()
                .put("id", Integer.parseInt(host.attributes().getOrDefault(Hosts.NUMBER, "0")))
                .put("name", host.name())
                .put("persona", Integer.parseInt(host.attributes().getOrDefault(Hosts.PERSONA, "2")));
        json.set("descriptors", Descriptors.json(host));
        json.set("FCPaths", paths(initiators.wwns(), paths, HostView::fibreChannel));
        json.set("iSCSIPaths", paths(initiators.iqns(), paths, HostView::iscsi));
        json.set("NVMETCPPaths", paths(initiators.nqn().stream().toList(), paths, HostView::nvme));
        json.put("initiatorChapEnabled", host.chap().isPresent())
                .put(
                        "targetChapEnabled",
                        host.chap().flatMap(ChapCredentials::target).isPresent());
        host.chap()
                .ifPresent(
                        chap -> json.put("initiatorChapName", chap.initiator().user()));
        host.chap().flatMap(ChapCredentials::target).ifPresent(secret -> json.put("targetChapName", secret.user()));
        return json;
    }

    /** One entry for each port that a name is logged in by, or one without a port. */
    private static ArrayNode paths(List<String> names, List<Ports.Path> inUse, Function<String, ObjectNode> entry) {
        var array = Json.array();
        for (var name : names) {
            var own = inUse.stream()
                    .filter(path -> path.initiator().equalsIgnoreCase(name))
                    .toList();
            if (own.isEmpty()) {
                array.add(entry.apply(name));
            }
            for (var path : own) {
                var at = entry.apply(name);
                at.put(at.has("IP") ? "IP" : "IPAddr", path.from());
                at.set("portPos", path.position().json());
                array.add(at);
            }
        }
        return array;
    }

    private static ObjectNode fibreChannel(String wwn) {
        return described(Json.object().put("wwn", wwn));
    }

    private static ObjectNode iscsi(String iqn) {
        return described(Json.object().put("name", iqn));
    }

    private static ObjectNode nvme(String nqn) {
        return Json.object().put("NQN", nqn).put("IP", "");
    }

    private static ObjectNode described(ObjectNode path) {
        return path.put("hostSpeed", 0)
                .put("vendor", "")
                .put("model", "")
                .put("driverVersion", "")
                .put("firmwareVersion", "");
    }
}
