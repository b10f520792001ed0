package io.stowage.array.wsapi.vlun;

import io.stowage.array.core.Connection;
import io.stowage.array.core.Host;
import io.stowage.array.core.Objects;
import io.stowage.array.core.Volume;
import io.stowage.array.wsapi.host.Hosts;
import io.stowage.array.wsapi.port.PortPosition;
import io.stowage.array.wsapi.port.Ports;
import io.stowage.web.json.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** VLUNs as they are shown: first all templates, then one active VLUN for each path in use (section 11). */
final class VlunView {
    /** What queries may ask for. */
    static final Set<String> QUERIED = Set.of(
            "volumeName", "hostname", "lun", "remoteName", "volumeWWN", "active", "type", "Subsystem_NQN", "portPos");

    private static final int HOST = 3;
    private static final int MATCHED_SET = 4;
    private static final int HOST_SET = 5;
    private static final int UNKNOWN = 1;

    private final Objects objects;
    private final List<Ports.Path> paths;

    /** @param paths that are in use */
    VlunView(Objects objects, List<Ports.Path> paths) {
        this.objects = objects;
        this.paths = paths;
    }

    List<ObjectNode> rows(Collection<Connection> connections) {
        var rows = new ArrayList<ObjectNode>();
        connections.forEach(connection -> rows.addAll(templates(connection)));
        connections.forEach(connection -> rows.addAll(active(connection)));
        return rows;
    }

    private List<ObjectNode> templates(Connection connection) {
        if (connection.isShared()) {
            var set = connection.group().flatMap(objects::hostGroup).orElseThrow();
            return List.of(row(connection, Hosts.SET + set.name(), Optional.empty(), HOST_SET, false));
        }
        var host = connection.host().flatMap(objects::host).orElseThrow();
        var ports = MatchedPorts.of(objects, connection);
        if (ports.isEmpty()) {
            return List.of(row(connection, host.name(), Optional.of(host), HOST, false));
        }
        return ports.stream().map(port -> at(matched(connection, host), port)).toList();
    }

    private ObjectNode matched(Connection connection, Host host) {
        return row(connection, host.name(), Optional.of(host), MATCHED_SET, false);
    }

    private List<ObjectNode> active(Connection connection) {
        var rows = new ArrayList<ObjectNode>();
        for (var host : objects.hostsOf(connection)) {
            var type = connection.isShared()
                    ? HOST_SET
                    : MatchedPorts.of(objects, connection).isEmpty() ? HOST : MATCHED_SET;
            for (var path : paths) {
                if (host.owns(path.initiator())) {
                    var row = row(connection, host.name(), Optional.of(host), type, true);
                    row.put("remoteName", path.initiator());
                    rows.add(at(row, path.position()));
                }
            }
        }
        return rows;
    }

    private static ObjectNode at(ObjectNode row, PortPosition port) {
        row.set("portPos", port.json());
        return row;
    }

    private ObjectNode row(Connection connection, String hostname, Optional<Host> host, int type, boolean active) {
        var volume = volume(connection);
        var row = Json.object()
                .put("lun", connection.lun())
                .put("volumeName", volume.name())
                .put("hostname", hostname)
                .put("type", type)
                .put("volumeWWN", volume.identity().naa().toUpperCase(Locale.ROOT))
                .put("multipathing", UNKNOWN)
                .put("failedPathPol", UNKNOWN)
                .put("failedPathInterval", 0)
                .put("active", active);
        host.flatMap(Hosts::subsystem).ifPresent(nqn -> row.put("Subsystem_NQN", nqn));
        return row;
    }

    private Volume volume(Connection connection) {
        return objects.volume(connection.volume()).orElseThrow();
    }
}
