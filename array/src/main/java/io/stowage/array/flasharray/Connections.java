package io.stowage.array.flasharray;

import io.stowage.array.core.Connection;
import io.stowage.array.core.Draft;
import io.stowage.array.core.Estate;
import io.stowage.array.core.Host;
import io.stowage.array.core.HostGroup;
import io.stowage.array.core.Objects;
import io.stowage.array.core.Volume;
import io.stowage.web.json.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** {@code /connections}: volumes that hosts see at a LUN. A host group's connection is shown once for each member. */
final class Connections implements Resource<Connections.Path> {
    /** The first version that tells a namespace's number apart from a LUN. */
    private static final int NSID_SINCE = 27;

    private final Estate estate;
    private final Hosts hosts;
    private final HostGroups groups;
    private final Volumes volumes;

    Connections(Estate estate, Hosts hosts, HostGroups groups, Volumes volumes) {
        this.estate = estate;
        this.hosts = hosts;
        this.groups = groups;
        this.volumes = volumes;
    }

    /**
     * A connection as one host sees it.
     *
     * @param host empty for the connection of a host group that has no members
     */
    record Path(Connection connection, Optional<Host> host) {}

    /** What a call names: hosts, host groups, volumes; empty where it names none. */
    private record Ends(Optional<List<Host>> hosts, Optional<List<HostGroup>> groups, Optional<List<Volume>> volumes) {
        /** Volumes have to be named, and either hosts or host groups. */
        Ends required() {
            if (hosts.isPresent() && groups.isPresent()) {
                throw Refusal.of(Wording.INVALID_COMBINATION);
            }
            if ((hosts.isEmpty() && groups.isEmpty()) || volumes.isEmpty()) {
                throw Refusal.of(Wording.NAMES_REQUIRED);
            }
            return this;
        }

        List<Host> hostList() {
            return hosts.orElse(List.of());
        }

        List<HostGroup> groupList() {
            return groups.orElse(List.of());
        }

        List<Volume> volumeList() {
            return volumes.orElse(List.of());
        }

        /** All that may be among them, from the side that has the fewest. */
        Stream<Connection> candidates(Objects objects) {
            if (volumes.isPresent()) {
                return volumeList().stream().flatMap(volume -> objects.connectionsOfVolume(volume.id()).stream());
            }
            if (hosts.isPresent()) {
                return hostList().stream()
                        .flatMap(host -> objects.connectionsOfHost(host.id()).stream())
                        .distinct();
            }
            if (groups.isPresent()) {
                return groupList().stream().flatMap(group -> objects.sharedConnections(group.id()).stream());
            }
            return objects.connections().stream();
        }

        boolean include(Path path) {
            var ofHost =
                    hosts.isEmpty() || path.host().filter(hostList()::contains).isPresent();
            var ofGroup = groups.isEmpty()
                    || groupList().stream()
                            .anyMatch(group -> path.connection().group().equals(Optional.of(group.id())));
            return ofHost && ofGroup;
        }
    }

    private Ends ends(Objects objects, Call call) {
        return new Ends(
                named(hosts, objects, call, "host_names"),
                named(groups, objects, call, "host_group_names"),
                References.selected(volumes, objects, call, "volume_names", "volume_ids"));
    }

    private static <T> Optional<List<T>> named(Resource<T> resource, Objects objects, Call call, String parameter) {
        return call.has(parameter)
                ? Optional.of(Listing.named(resource, objects, call.list(parameter)))
                : Optional.empty();
    }

    Answer list(Call call) {
        return estate.read(objects -> {
            var ends = ends(objects, call);
            var found = ends.candidates(objects)
                    .flatMap(connection -> paths(objects, connection).stream())
                    .filter(ends::include)
                    .toList();
            return Listing.page(this, objects, call, found);
        });
    }

    private static List<Path> paths(Objects objects, Connection connection) {
        var hosts = objects.hostsOf(connection);
        return hosts.isEmpty()
                ? List.of(new Path(connection, Optional.empty()))
                : hosts.stream()
                        .map(host -> new Path(connection, Optional.of(host)))
                        .toList();
    }

    Answer create(Call call) {
        var wanted = call.body().number("lun");
        if (wanted.filter(number -> number < 1 || number > Connection.HIGHEST_LUN)
                .isPresent()) {
            throw Refusal.of(Wording.LUN_RANGE);
        }
        var lun = wanted.map(Long::intValue);
        return Answer.Items.of(estate, this, call, draft -> {
            var ends = ends(draft.objects(), call).required();
            var made = new ArrayList<Path>();
            for (var volume : ends.volumeList()) {
                for (var host : ends.hostList()) {
                    made.addAll(paths(draft.objects(), create(draft, host, volume, lun)));
                }
                for (var group : ends.groupList()) {
                    made.addAll(paths(draft.objects(), create(draft, group, volume, lun)));
                }
            }
            return made;
        });
    }

    private static Connection create(Draft draft, Host host, Volume volume, Optional<Integer> wanted) {
        var objects = draft.objects();
        requireConnectable(objects, volume, List.of(host), wanted);
        var taken = objects.luns(host);
        if (wanted.filter(taken::get).isPresent()) {
            throw Refusal.of(host.name(), Wording.LUN_IN_USE);
        }
        var lun = wanted.or(() -> isNvme(host) ? Namespaces.number(draft, volume, taken) : Luns.forOne(taken))
                .orElseThrow(() -> Refusal.of(host.name(), Wording.LUNS_EXHAUSTED));
        return draft.connect(host, volume, lun);
    }

    private static Connection create(Draft draft, HostGroup group, Volume volume, Optional<Integer> wanted) {
        var objects = draft.objects();
        var name = Volumes.fullName(objects, volume);
        requireConnectable(objects, volume, objects.hostsIn(group.id()), wanted);
        if (objects.sharedConnection(group.id(), volume.id()).isPresent()) {
            throw Refusal.of(name, Wording.CONNECTION_EXISTS);
        }
        var taken = objects.luns(group);
        if (wanted.filter(taken::get).isPresent()) {
            throw Refusal.of(group.name(), Wording.LUN_IN_USE);
        }
        var hasNvme = objects.hostsIn(group.id()).stream().anyMatch(Connections::isNvme);
        var lun = wanted.or(() -> hasNvme ? Namespaces.number(draft, volume, taken) : Luns.forAll(taken))
                .orElseThrow(() -> Refusal.of(group.name(), Wording.LUNS_EXHAUSTED));
        return draft.connect(group, volume, lun);
    }

    /** The volume is live, none of the hosts sees it yet, and none would get a LUN that has no such thing. */
    private static void requireConnectable(
            Objects objects, Volume volume, List<Host> hosts, Optional<Integer> wantedLun) {
        var name = Volumes.fullName(objects, volume);
        VolumeCalls.requireLive(volume, name);
        for (var host : hosts) {
            if (objects.connectionsOfHost(host.id()).stream()
                    .anyMatch(other -> other.volume().equals(volume.id()))) {
                throw Refusal.of(name, Wording.CONNECTION_EXISTS);
            }
            if (wantedLun.isPresent() && isNvme(host)) {
                throw Refusal.of(host.name(), Wording.LUN_OF_NVME);
            }
        }
    }

    private static boolean isNvme(Host host) {
        return Initiators.of(host).isNvme();
    }

    Answer delete(Call call) {
        return estate.change(draft -> {
            var objects = draft.objects();
            var ends = ends(objects, call).required();
            for (var volume : ends.volumeList()) {
                for (var host : ends.hostList()) {
                    disconnect(draft, volume, objects.privateConnection(host.id(), volume.id()));
                }
                for (var group : ends.groupList()) {
                    disconnect(draft, volume, objects.sharedConnection(group.id(), volume.id()));
                }
            }
            return new Answer.Empty();
        });
    }

    private static void disconnect(Draft draft, Volume volume, Optional<Connection> connection) {
        var name = Volumes.fullName(draft.objects(), volume);
        VolumeCalls.requireLive(volume, name);
        draft.disconnect(connection.orElseThrow(() -> Refusal.of(name, Wording.CONNECTION_MISSING)));
    }

    @Override
    public Collection<Path> all(Objects objects) {
        return objects.connections().stream()
                .flatMap(connection -> paths(objects, connection).stream())
                .toList();
    }

    /** Connections have no names of their own. */
    @Override
    public Optional<Path> named(Objects objects, String name) {
        return Optional.empty();
    }

    @Override
    public String name(Objects objects, Path path) {
        return path.host().map(Host::name).orElse("") + " "
                + groupName(objects, path).orElse("") + " " + Volumes.fullName(objects, volume(objects, path));
    }

    @Override
    public String missing() {
        return Wording.CONNECTION_MISSING;
    }

    @Override
    public ObjectNode item(Objects objects, Path path, ApiVersion version) {
        var volume = volume(objects, path);
        var number = path.connection().lun();
        var isNamespace = version.isAtLeast(NSID_SINCE)
                && path.host().filter(Connections::isNvme).isPresent();
        var item = Json.object();
        item.set("host", References.toName(path.host().map(Host::name)));
        item.set("host_group", References.toName(groupName(objects, path)));
        item.put("lun", isNamespace ? null : number);
        if (version.isAtLeast(NSID_SINCE)) {
            item.put("nsid", isNamespace ? number : null);
        }
        item.set("volume", References.to(Volumes.fullName(objects, volume), volume.id()));
        item.set("protocol_endpoint", References.none());
        return item;
    }

    private static Optional<String> groupName(Objects objects, Path path) {
        return path.connection().group().flatMap(objects::hostGroup).map(HostGroup::name);
    }

    private static Volume volume(Objects objects, Path path) {
        return objects.volume(path.connection().volume()).orElseThrow();
    }
}
