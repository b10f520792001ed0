package io.stowage.array.wsapi.vlun;

import io.stowage.array.core.Connection;
import io.stowage.array.core.Host;
import io.stowage.array.core.Objects;
import io.stowage.array.core.SetExport;
import io.stowage.array.core.Volume;
import io.stowage.array.wsapi.host.Hosts;
import io.stowage.array.wsapi.port.PortPosition;
import io.stowage.array.wsapi.port.Ports;
import io.stowage.web.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** VLUNs as they are shown: first all templates, then one active VLUN for each path in use (section 11). */
final class VlunView {
    /** What queries may ask for. */
    static final Set<String> QUERIED = Set.of(
            "volumeName", "hostname", "lun", "remoteName", "volumeWWN", "active", "type", "Subsystem_NQN", "portPos");

    private static final int PORT = 2;
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

    List<ObjectNode> rows(Selection selection) {
        var rows = new ArrayList<ObjectNode>();
        selection.connections().forEach(connection -> rows.addAll(templates(connection)));
        selection.exports().forEach(export -> rows.add(template(export)));
        selection.connections().forEach(connection -> rows.addAll(active(connection)));
        return rows;
    }

    /** None for a volume that is exported with its set. */
    private List<ObjectNode> templates(Connection connection) {
        if (connection.export().isPresent()) {
            return List.of();
        }
        var host = connection.host().flatMap(objects::host);
        var ports = MatchedPorts.of(objects, connection);
        if (ports.isEmpty()) {
            return List.of(template(connection, host));
        }
        return ports.stream().map(port -> at(template(connection, host), port)).toList();
    }

    private ObjectNode template(Connection connection, Optional<Host> host) {
        var row = row(connection.lun(), type(connection), host, false);
        audience(connection.host(), connection.group()).ifPresent(name -> row.put("hostname", name));
        return of(volume(connection), row);
    }

    /** A set has no WWN; the volumes in it are told by their active VLUNs. */
    private ObjectNode template(SetExport export) {
        var host = export.host().flatMap(objects::host);
        var row = row(export.lun(), host.isPresent() ? HOST : HOST_SET, host, false);
        audience(export.host(), export.group()).ifPresent(name -> row.put("hostname", name));
        return row.put(
                "volumeName",
                Hosts.SET + objects.volumeSet(export.set()).orElseThrow().name());
    }

    private Optional<String> audience(Optional<UUID> host, Optional<UUID> group) {
        return group.flatMap(objects::hostGroup)
                .map(set -> Hosts.SET + set.name())
                .or(() -> host.flatMap(objects::host).map(Host::name));
    }

    private int type(Connection connection) {
        if (connection.initiatorType().isPresent()) {
            return PORT;
        }
        if (connection.isShared()) {
            return HOST_SET;
        }
        return MatchedPorts.of(objects, connection).isEmpty() ? HOST : MATCHED_SET;
    }

    private List<ObjectNode> active(Connection connection) {
        var rows = new ArrayList<ObjectNode>();
        for (var host : objects.hostsOf(connection)) {
            for (var path : paths) {
                if (host.owns(path.initiator())) {
                    var row = row(connection.lun(), type(connection), Optional.of(host), true)
                            .put("hostname", host.name())
                            .put("remoteName", path.initiator());
                    rows.add(at(of(volume(connection), row), path.position()));
                }
            }
        }
        return rows;
    }

    private static ObjectNode at(ObjectNode row, PortPosition port) {
        row.set("portPos", port.json());
        return row;
    }

    private static ObjectNode of(Volume volume, ObjectNode row) {
        return row.put("volumeName", volume.name())
                .put("volumeWWN", volume.identity().naa().toUpperCase(Locale.ROOT));
    }

    private static ObjectNode row(int lun, int type, Optional<Host> host, boolean active) {
        var row = Json.object()
                .put("lun", lun)
                .put("type", type)
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
