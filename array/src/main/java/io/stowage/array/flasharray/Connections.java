package io.stowage.array.flasharray;

import io.stowage.array.core.Connection;
import io.stowage.array.core.Draft;
import io.stowage.array.core.Estate;
import io.stowage.array.core.Host;
import io.stowage.array.core.Objects;
import io.stowage.array.core.Volume;
import io.stowage.web.json.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** {@code /connections}: volumes that hosts see at a LUN. */
final class Connections implements Resource<Connection> {
    private final Estate estate;
    private final Hosts hosts;
    private final Volumes volumes;

    Connections(Estate estate, Hosts hosts, Volumes volumes) {
        this.estate = estate;
        this.hosts = hosts;
        this.volumes = volumes;
    }

    /** The hosts or volumes that a call names; empty when it names none. */
    private record Ends(Optional<List<Host>> hosts, Optional<List<Volume>> volumes) {
        /** Both have to be named. */
        Ends required() {
            if (hosts.isEmpty() || volumes.isEmpty()) {
                throw Refusal.of(Wording.NAMES_REQUIRED);
            }
            return this;
        }

        List<Host> hostList() {
            return hosts.orElse(List.of());
        }

        List<Volume> volumeList() {
            return volumes.orElse(List.of());
        }
    }

    private Ends ends(Objects objects, Call call) {
        var groups = call.list("host_group_names");
        if (!groups.isEmpty()) {
            throw Refusal.of(groups.getFirst(), Wording.HOST_GROUP_MISSING);
        }
        if (call.has("volume_names") && call.has("volume_ids")) {
            throw Refusal.of(Wording.NAMES_OR_IDS);
        }
        Optional<List<Host>> named = call.has("host_names")
                ? Optional.of(Listing.named(hosts, objects, call.list("host_names")))
                : Optional.empty();
        Optional<List<Volume>> of = Optional.empty();
        if (call.has("volume_names")) {
            of = Optional.of(Listing.named(volumes, objects, call.list("volume_names")));
        } else if (call.has("volume_ids")) {
            of = Optional.of(Listing.identified(volumes, objects, call.list("volume_ids")));
        }
        return new Ends(named, of);
    }

    Answer list(Call call) {
        return estate.read(objects -> {
            var ends = ends(objects, call);
            var ofHosts = ends.hosts().map(Connections::hostIds);
            var ofVolumes = ends.volumes().map(Connections::volumeIds);
            var found = objects.connections().stream()
                    .filter(one -> ofHosts.isEmpty() || ofHosts.get().contains(one.host()))
                    .filter(one -> ofVolumes.isEmpty() || ofVolumes.get().contains(one.volume()))
                    .toList();
            return Listing.page(this, objects, call, found);
        });
    }

    private static Collection<UUID> hostIds(List<Host> hosts) {
        return hosts.stream().map(Host::id).collect(Collectors.toSet());
    }

    private static Collection<UUID> volumeIds(List<Volume> volumes) {
        return volumes.stream().map(Volume::id).collect(Collectors.toSet());
    }

    Answer create(Call call) {
        var lun = call.body().number("lun");
        if (lun.filter(number -> number < 1 || number > Connection.HIGHEST_LUN).isPresent()) {
            throw Refusal.of(Wording.LUN_RANGE);
        }
        return Answer.Items.of(estate, this, call, draft -> {
            var ends = ends(draft.objects(), call).required();
            var made = new ArrayList<Connection>();
            for (var host : ends.hostList()) {
                for (var volume : ends.volumeList()) {
                    var connection = create(draft, host, volume, lun.map(Long::intValue));
                    made.add(connection);
                }
            }
            return made;
        });
    }

    private static Connection create(Draft draft, Host host, Volume volume, Optional<Integer> wanted) {
        var objects = draft.objects();
        var name = Volumes.fullName(objects, volume);
        VolumeCalls.requireLive(volume, name);
        if (objects.connection(host.id(), volume.id()).isPresent()) {
            throw Refusal.of(name, Wording.CONNECTION_EXISTS);
        }
        var taken = objects.connectionsOfHost(host.id()).stream()
                .anyMatch(other -> wanted.filter(lun -> lun == other.lun()).isPresent());
        if (taken) {
            throw Refusal.of(host.name(), Wording.LUN_IN_USE);
        }
        var lun = wanted.or(() -> objects.freeLun(host.id()))
                .orElseThrow(() -> Refusal.of(host.name(), Wording.LUNS_EXHAUSTED));
        return draft.connect(host, volume, lun);
    }

    Answer delete(Call call) {
        return estate.change(draft -> {
            var ends = ends(draft.objects(), call).required();
            for (var host : ends.hostList()) {
                for (var volume : ends.volumeList()) {
                    draft.disconnect(require(draft.objects(), host, volume));
                }
            }
            return new Answer.Empty();
        });
    }

    private static Connection require(Objects objects, Host host, Volume volume) {
        var name = Volumes.fullName(objects, volume);
        VolumeCalls.requireLive(volume, name);
        return objects.connection(host.id(), volume.id())
                .orElseThrow(() -> Refusal.of(name, Wording.CONNECTION_MISSING));
    }

    @Override
    public Collection<Connection> all(Objects objects) {
        return objects.connections();
    }

    /** Connections have no names of their own. */
    @Override
    public Optional<Connection> named(Objects objects, String name) {
        return Optional.empty();
    }

    @Override
    public String name(Objects objects, Connection connection) {
        return host(objects, connection).name() + " " + Volumes.fullName(objects, volume(objects, connection));
    }

    @Override
    public String missing() {
        return Wording.CONNECTION_MISSING;
    }

    @Override
    public ObjectNode item(Objects objects, Connection connection, ApiVersion version) {
        var volume = volume(objects, connection);
        var item = Json.object();
        item.set("host", References.toName(host(objects, connection).name()));
        item.set("host_group", References.noName());
        item.put("lun", connection.lun());
        item.set("volume", References.to(Volumes.fullName(objects, volume), volume.id()));
        item.set("protocol_endpoint", References.none());
        return item;
    }

    private static Host host(Objects objects, Connection connection) {
        return objects.host(connection.host()).orElseThrow();
    }

    private static Volume volume(Objects objects, Connection connection) {
        return objects.volume(connection.volume()).orElseThrow();
    }
}
