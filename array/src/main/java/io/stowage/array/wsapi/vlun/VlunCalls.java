package io.stowage.array.wsapi.vlun;

import io.stowage.array.core.Connection;
import io.stowage.array.core.Draft;
import io.stowage.array.core.Estate;
import io.stowage.array.core.Host;
import io.stowage.array.core.HostGroup;
import io.stowage.array.core.Objects;
import io.stowage.array.core.Volume;
import io.stowage.array.wsapi.host.Hosts;
import io.stowage.array.wsapi.host.Initiators;
import io.stowage.array.wsapi.port.PortPosition;
import io.stowage.array.wsapi.port.Ports;
import io.stowage.array.wsapi.rest.Answer;
import io.stowage.array.wsapi.rest.Call;
import io.stowage.array.wsapi.rest.Endpoint;
import io.stowage.array.wsapi.rest.Input;
import io.stowage.array.wsapi.rest.Problem;
import io.stowage.array.wsapi.volume.Volumes;
import java.util.List;
import java.util.Optional;

/** {@code /vluns} (section 11). */
public final class VlunCalls {
    private static final int MOST = 131_072;

    private final Estate estate;
    private final Ports ports;

    public VlunCalls(Estate estate, Ports ports) {
        this.estate = estate;
        this.ports = ports;
    }

    public List<Endpoint> rows() {
        return List.of(
                new Endpoint("GET", "vluns", this::list),
                new Endpoint("POST", "vluns", this::create),
                new Endpoint("GET", "vluns/*", this::get),
                new Endpoint("DELETE", "vluns/*", this::delete));
    }

    private Answer list(Call call) {
        var query = call.query(VlunView.QUERIED);
        var paths = ports.paths();
        return estate.read(objects -> Answer.members(new VlunView(objects, paths)
                .rows(objects.connections()).stream().filter(query::matches).toList()));
    }

    private Answer get(Call call) {
        var name = VlunName.parse(call.name());
        var paths = ports.paths();
        return estate.read(
                objects -> Answer.members(new VlunView(objects, paths).rows(List.of(require(objects, name)))));
    }

    /** The connection that is meant. */
    private Connection require(Objects objects, VlunName name) {
        name.port().ifPresent(this::requirePort);
        var volume = Volumes.find(objects, name.volume()).orElseThrow(Problem.NON_EXISTENT_VLUN::refusal);
        var connection = isSet(name.host())
                ? objects.sharedConnection(set(objects, name.host()).id(), volume.id())
                : objects.privateConnection(Hosts.require(objects, name.host()).id(), volume.id());
        return connection
                .filter(found -> found.lun() == name.lun())
                .filter(found -> isAt(MatchedPorts.of(objects, found), name.port()))
                .orElseThrow(Problem.NON_EXISTENT_VLUN::refusal);
    }

    /** A VLUN that was made with ports is named with one of them, another one without. */
    private static boolean isAt(List<PortPosition> matched, Optional<PortPosition> port) {
        return port.map(matched::contains).orElseGet(matched::isEmpty);
    }

    private void requirePort(PortPosition port) {
        if (ports.at(port).isEmpty()) {
            throw Problem.PORT_SPECIFICATION.refusal();
        }
    }

    private static boolean isSet(String name) {
        return name.startsWith(Hosts.SET);
    }

    private static HostGroup set(Objects objects, String name) {
        return Hosts.requireSet(objects, name.substring(Hosts.SET.length()));
    }

    private Answer create(Call call) {
        var input = call.input();
        input.allow(
                "volumeName", "lun", "hostname", "portPos", "noVcn", "overrideLowerPriority", "autoLun", "maxAutoLun");
        var volumeName = input.requiredText("volumeName");
        var hostname = input.requiredText("hostname");
        var port = input.object("portPos").map(PortPosition::of);
        port.ifPresent(this::requirePort);
        input.flag("noVcn");
        input.flag("overrideLowerPriority");
        return estate.change(draft -> {
            var objects = draft.objects();
            var volume = Volumes.require(objects, volumeName);
            if (Volumes.isCopyTarget(objects, volume)) {
                throw Problem.VLUN_PCOPY_TARGET.refusal();
            }
            if (objects.connections().size() >= MOST) {
                throw Problem.TOO_MANY.refusal();
            }
            var lun = isSet(hostname)
                    ? export(draft, volume, set(objects, hostname), input)
                    : export(draft, volume, Hosts.require(objects, hostname), port, input);
            return Answer.created("vluns", new VlunName(volumeName, lun, hostname, port).toString());
        });
    }

    private static int export(Draft draft, Volume volume, Host host, Optional<PortPosition> port, Input input) {
        var objects = draft.objects();
        var wanted = Luns.wanted(input, Initiators.of(host).isNvme());
        var before = seen(objects, host, volume);
        if (before.isPresent()) {
            return exportMore(draft, before.get(), wanted, port);
        }
        var lun = wanted.free(objects, volume, objects.luns(host)).orElseThrow(Problem.EXISTENT_LUN::refusal);
        var connection = draft.connect(host, volume, lun);
        port.ifPresent(position -> MatchedPorts.add(draft, connection, position));
        return lun;
    }

    /** Clients that name ports do so for one after the other, with the LUN of the first. */
    private static int exportMore(Draft draft, Connection before, Luns wanted, Optional<PortPosition> port) {
        var matched = MatchedPorts.of(draft.objects(), before);
        var isOneMore = port.isPresent()
                && !matched.isEmpty()
                && !matched.contains(port.get())
                && before.lun() >= wanted.first()
                && before.lun() <= wanted.last();
        if (!isOneMore) {
            throw Problem.OTHER.refusal();
        }
        MatchedPorts.add(draft, before, port.get());
        return before.lun();
    }

    private static Optional<Connection> seen(Objects objects, Host host, Volume volume) {
        return objects.connectionsOfHost(host.id()).stream()
                .filter(connection -> connection.volume().equals(volume.id()))
                .findFirst();
    }

    private static int export(Draft draft, Volume volume, HostGroup set, Input input) {
        var objects = draft.objects();
        var members = objects.hostsIn(set.id());
        var wanted = Luns.wanted(
                input, members.stream().anyMatch(host -> Initiators.of(host).isNvme()));
        if (objects.sharedConnection(set.id(), volume.id()).isPresent()
                || members.stream().anyMatch(host -> seen(objects, host, volume).isPresent())) {
            throw Problem.OTHER.refusal();
        }
        var lun = wanted.free(objects, volume, objects.luns(set)).orElseThrow(Problem.EXISTENT_LUN::refusal);
        draft.connect(set, volume, lun);
        return lun;
    }

    private Answer delete(Call call) {
        var name = VlunName.parse(call.name());
        return estate.change(draft -> {
            var connection = require(draft.objects(), name);
            name.port().ifPresent(port -> MatchedPorts.remove(draft, connection, port));
            if (MatchedPorts.of(draft.objects(), connection).isEmpty()) {
                draft.disconnect(connection);
            }
            return Answer.done();
        });
    }
}
