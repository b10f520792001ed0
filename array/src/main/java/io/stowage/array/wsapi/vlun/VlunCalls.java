package io.stowage.array.wsapi.vlun;

import io.stowage.array.core.Connection;
import io.stowage.array.core.Draft;
import io.stowage.array.core.Estate;
import io.stowage.array.core.Objects;
import io.stowage.array.core.Volume;
import io.stowage.array.core.VolumeSet;
import io.stowage.array.wsapi.host.Hosts;
import io.stowage.array.wsapi.port.Port;
import io.stowage.array.wsapi.port.PortPosition;
import io.stowage.array.wsapi.port.Ports;
import io.stowage.array.wsapi.rest.Answer;
import io.stowage.array.wsapi.rest.Call;
import io.stowage.array.wsapi.rest.Endpoint;
import io.stowage.array.wsapi.rest.Input;
import io.stowage.array.wsapi.rest.Problem;
import io.stowage.array.wsapi.set.VolumeSets;
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
                .rows(Selection.by(objects, query)).stream()
                        .filter(query::matches)
                        .toList()));
    }

    private Answer get(Call call) {
        var name = VlunName.parse(call.name());
        var paths = ports.paths();
        return estate.read(objects ->
                Answer.members(new VlunView(objects, paths).rows(Selection.of(objects, require(objects, name)))));
    }

    /** The VLUN that is meant. */
    private Vlun require(Objects objects, VlunName name) {
        var port = name.port().map(this::requirePort);
        var audience = audience(objects, name.host(), port);
        return (isSet(name.volume())
                        ? objects.volumeSet(withoutPrefix(name.volume()))
                                .flatMap(set -> audience.export(objects, set))
                                .<Vlun>map(Vlun.OfSet::new)
                        : Volumes.find(objects, name.volume())
                                .flatMap(volume -> audience.connection(objects, volume))
                                .filter(found -> isAt(MatchedPorts.of(objects, found), name.port()))
                                .<Vlun>map(Vlun.OfVolume::new))
                .filter(found -> found.lun() == name.lun())
                .orElseThrow(Problem.NON_EXISTENT_VLUN::refusal);
    }

    /** A VLUN that was made with ports is named with one of them, another one without. */
    private static boolean isAt(List<PortPosition> matched, Optional<PortPosition> port) {
        return port.map(matched::contains).orElse(matched.isEmpty());
    }

    private Port requirePort(PortPosition position) {
        return ports.at(position).orElseThrow(Problem.PORT_SPECIFICATION::refusal);
    }

    /** @param name empty for whoever comes by the port */
    private static Audience audience(Objects objects, String name, Optional<Port> port) {
        return name.isEmpty()
                ? new Audience.Anybody(
                        port.map(Port::protocol).orElseThrow(() -> Problem.MISSING_REQUIRED.of("hostname")))
                : Audience.named(objects, name);
    }

    private static boolean isSet(String name) {
        return name.startsWith(Hosts.SET);
    }

    private static String withoutPrefix(String name) {
        return name.substring(Hosts.SET.length());
    }

    private Answer create(Call call) {
        var input = call.input();
        input.allow(
                "volumeName", "lun", "hostname", "portPos", "noVcn", "overrideLowerPriority", "autoLun", "maxAutoLun");
        var volumeName = input.requiredText("volumeName");
        var position = input.object("portPos").map(PortPosition::of);
        var hostname = position.isEmpty()
                ? input.requiredText("hostname")
                : input.text("hostname").orElse("");
        var port = position.map(this::requirePort);
        if (port.isPresent() && (isSet(volumeName) || isSet(hostname))) {
            throw Problem.PARAM_CONFLICT.of("portPos"); // ports match single volumes and hosts
        }
        input.flag("noVcn");
        input.flag("overrideLowerPriority");
        return estate.change(draft -> {
            var objects = draft.objects();
            var lun = isSet(volumeName)
                    ? export(draft, VolumeSets.require(objects, withoutPrefix(volumeName)), hostname, input)
                    : export(draft, Volumes.require(objects, volumeName), hostname, port, input);
            if (objects.connections().size() > MOST) {
                throw Problem.TOO_MANY.refusal();
            }
            return Answer.created("vluns", new VlunName(volumeName, lun, hostname, position).toString());
        });
    }

    private static int export(Draft draft, Volume volume, String hostname, Optional<Port> port, Input input) {
        var objects = draft.objects();
        SetVluns.requireExportable(objects, volume);
        var audience = audience(objects, hostname, port);
        var wanted = Luns.wanted(input, audience.isNvme(objects));
        var before = audience.connection(objects, volume);
        if (before.isPresent() || audience.sees(objects, volume)) {
            return exportMore(draft, before.orElseThrow(Problem.OTHER::refusal), wanted, port);
        }
        var lun = wanted.free(objects, volume, audience.luns(objects)).orElseThrow(Problem.EXISTENT_LUN::refusal);
        var connection = audience.connect(draft, volume, lun);
        port.ifPresent(one -> MatchedPorts.add(draft, connection, one.position()));
        return lun;
    }

    /** Clients that name ports do so for one after the other, with the LUN of the first. */
    private static int exportMore(Draft draft, Connection before, Luns wanted, Optional<Port> port) {
        var matched = MatchedPorts.of(draft.objects(), before);
        var position = port.map(Port::position).orElseThrow(Problem.OTHER::refusal);
        var isOneMore = !matched.isEmpty()
                && !matched.contains(position)
                && before.lun() >= wanted.first()
                && before.lun() <= wanted.last();
        if (!isOneMore) {
            throw Problem.OTHER.refusal();
        }
        MatchedPorts.add(draft, before, position);
        return before.lun();
    }

    /** The volumes of the set get the free LUNs from the wanted one on. */
    private static int export(Draft draft, VolumeSet set, String hostname, Input input) {
        var objects = draft.objects();
        var audience = audience(objects, hostname, Optional.empty());
        var wanted = Luns.wanted(input, audience.isNvme(objects));
        if (audience.export(objects, set).isPresent()) {
            throw Problem.OTHER.refusal();
        }
        var lun = wanted.lowestFree(audience.luns(objects)).orElseThrow(Problem.EXISTENT_LUN::refusal);
        var export = audience.export(draft, set, lun);
        VolumeSets.volumes(objects, set).forEach(volume -> SetVluns.show(draft, export, volume));
        return lun;
    }

    private Answer delete(Call call) {
        var name = VlunName.parse(call.name());
        return estate.change(draft -> {
            switch (require(draft.objects(), name)) {
                case Vlun.OfSet set -> draft.remove(set.export());
                case Vlun.OfVolume volume -> delete(draft, volume.connection(), name.port());
            }
            return Answer.done();
        });
    }

    private static void delete(Draft draft, Connection connection, Optional<PortPosition> port) {
        port.ifPresent(position -> MatchedPorts.remove(draft, connection, position));
        if (MatchedPorts.of(draft.objects(), connection).isEmpty()) {
            draft.disconnect(connection);
        }
    }
}
