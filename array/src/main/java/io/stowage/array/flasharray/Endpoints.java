package io.stowage.array.flasharray;

import io.stowage.array.core.Container;
import io.stowage.array.core.DataPortals;
import io.stowage.array.core.Estate;
import io.stowage.array.core.Host;
import io.stowage.array.core.HostGroup;
import io.stowage.array.core.Objects;
import io.stowage.array.core.Snapshot;
import io.stowage.array.core.Volume;
import io.stowage.array.core.VolumeGroup;
import io.stowage.array.management.Personality;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The table of what can be called once logged in. */
final class Endpoints {
    private final List<Endpoint> table;

    Endpoints(
            Estate estate,
            Identity identity,
            Personality.Management management,
            DataPortals portals,
            ScheduledSnapshots scheduled) {
        var arrays = new Arrays(estate, identity);
        var pods = new Pods(estate, identity);
        var volumes = new Volumes(estate);
        var volumeGroups = new VolumeGroups(estate, volumes);
        var volumeGroupCalls = new VolumeGroupCalls(estate, volumeGroups);
        var volumeGroupMembers = new VolumeGroupMembers(estate, volumes, volumeGroups);
        var snapshots = new Snapshots(estate, volumes, identity);
        var volumeCalls = new VolumeCalls(estate, volumes, snapshots, identity);
        var volumeDiff = new VolumeDiff(estate, volumes, snapshots);
        var volumeQos = new VolumeQos(estate, volumes);
        var network = new Network(estate, management.address().getAddress(), portals);
        var hosts = new Hosts(estate, identity, new PortConnectivity(portals.ports(), network));
        var hostCalls = new HostCalls(estate, hosts);
        var hostGroups = new HostGroups(estate);
        var hostGroupMembers = new HostGroupMembers(estate, hosts, hostGroups);
        var connections = new Connections(estate, hosts, hostGroups, volumes);
        var protection = new ProtectionEndpoints(estate, identity, scheduled);
        var rows = new ArrayList<Endpoint>();
        rows.addAll(network.endpoints());
        rows.addAll(new Ports(estate, identity, network, portals.ports()).endpoints());
        rows.addAll(new Equipment(estate, identity, management.certificate(), network).endpoints());
        rows.addAll(new Peers(estate).endpoints());
        rows.addAll(Figures.endpoints(estate, arrays, network, volumes, pods, hosts, hostGroups, volumeGroups));
        rows.addAll(new Tags<>(estate, volumes, Volume::id, Objects::volume).endpoints("volumes", 0));
        rows.addAll(new Tags<>(estate, snapshots, Snapshot::id, Objects::snapshot).endpoints("volume-snapshots", 2));
        rows.addAll(new Tags<>(estate, hosts, Host::id, Objects::host).endpoints("hosts", 34));
        rows.addAll(new Tags<>(estate, hostGroups, HostGroup::id, Objects::hostGroup).endpoints("host-groups", 34));
        rows.addAll(new Tags<>(estate, pods, Container::id, Objects::container).endpoints("pods", 39));
        rows.addAll(
                new Tags<>(estate, volumeGroups, VolumeGroup::id, Objects::volumeGroup).endpoints("volume-groups", 39));
        rows.addAll(new Tags<>(
                        estate,
                        arrays.itself(),
                        _ -> identity.id(),
                        (objects, _) -> arrays.itself().all(objects).stream().findFirst())
                .endpoints("arrays", 34));
        rows.addAll(List.of(
                new Endpoint("GET", "arrays", 0, arrays::list),
                new Endpoint("PATCH", "arrays", 0, arrays::update),
                new Endpoint("GET", "arrays/space", 0, arrays::space),
                new Endpoint("GET", "pods", 0, pods::list),
                new Endpoint("POST", "pods", 0, pods::create),
                new Endpoint("PATCH", "pods", 0, pods::update),
                new Endpoint("DELETE", "pods", 0, pods::eradicate),
                new Endpoint("GET", "pods/space", 0, new SpaceListing<>(estate, pods)::list),
                new Endpoint("GET", "volumes", 0, volumeCalls::list),
                new Endpoint("POST", "volumes", 0, volumeCalls::create),
                new Endpoint("PATCH", "volumes", 0, volumeCalls::update),
                new Endpoint("DELETE", "volumes", 0, volumeCalls::eradicate),
                new Endpoint("POST", "volumes/batch", 32, volumeCalls::createBatch),
                new Endpoint("GET", "volumes/space", 0, new SpaceListing<>(estate, volumes)::list),
                new Endpoint("GET", "volumes/diff", 9, volumeDiff::list),
                new Endpoint("GET", "volumes/qos", 49, volumeQos::list),
                new Endpoint("GET", "volumes/volume-groups", 0, volumeGroupMembers::list),
                new Endpoint("GET", "volume-groups", 0, volumeGroupCalls::list),
                new Endpoint("POST", "volume-groups", 0, volumeGroupCalls::create),
                new Endpoint("PATCH", "volume-groups", 0, volumeGroupCalls::update),
                new Endpoint("DELETE", "volume-groups", 0, volumeGroupCalls::eradicate),
                new Endpoint("GET", "volume-groups/space", 0, new SpaceListing<>(estate, volumeGroups)::list),
                new Endpoint("GET", "volume-groups/volumes", 0, volumeGroupMembers::list),
                new Endpoint("GET", "volume-snapshots", 0, snapshots::list),
                new Endpoint("POST", "volume-snapshots", 0, snapshots::create),
                new Endpoint("PATCH", "volume-snapshots", 0, snapshots::update),
                new Endpoint("DELETE", "volume-snapshots", 0, snapshots::eradicate),
                new Endpoint("GET", "volume-snapshots/transfer", 0, snapshots::transfers),
                new Endpoint("POST", "volume-snapshots/batch", 50, snapshots::createBatch),
                new Endpoint("GET", "hosts", 0, hostCalls::list),
                new Endpoint("POST", "hosts", 0, hostCalls::create),
                new Endpoint("PATCH", "hosts", 0, hostCalls::update),
                new Endpoint("DELETE", "hosts", 0, hostCalls::delete),
                new Endpoint("GET", "hosts/host-groups", 0, hostGroupMembers::list),
                new Endpoint("POST", "hosts/host-groups", 0, hostGroupMembers::add),
                new Endpoint("DELETE", "hosts/host-groups", 0, hostGroupMembers::remove),
                new Endpoint("GET", "host-groups", 0, hostGroups::list),
                new Endpoint("POST", "host-groups", 0, hostGroups::create),
                new Endpoint("PATCH", "host-groups", 0, hostGroups::update),
                new Endpoint("DELETE", "host-groups", 0, hostGroups::delete),
                new Endpoint("GET", "host-groups/space", 0, new SpaceListing<>(estate, hostGroups)::list),
                new Endpoint("GET", "host-groups/hosts", 0, hostGroupMembers::list),
                new Endpoint("POST", "host-groups/hosts", 0, hostGroupMembers::add),
                new Endpoint("DELETE", "host-groups/hosts", 0, hostGroupMembers::remove),
                new Endpoint("GET", "connections", 0, connections::list),
                new Endpoint("POST", "connections", 0, connections::create),
                new Endpoint("DELETE", "connections", 0, connections::delete)));
        rows.addAll(protection.table(volumes, hosts, hostGroups));
        rows.addAll(new PodArrays(estate, identity, pods).table());
        table = List.copyOf(rows);
    }

    /**
     * The row for this method and path in this version.
     *
     * @throws Refusal there is no such path, or not with this method
     */
    Endpoint find(String method, String path, ApiVersion version) {
        var onPath = at(path, version).toList();
        if (onPath.isEmpty()) {
            throw Refusal.unknownUrl();
        }
        return onPath.stream()
                .filter(endpoint -> endpoint.method().equals(method))
                .findFirst()
                .orElseThrow(Refusal::methodNotAllowed);
    }

    /** All paths, in all versions. */
    Stream<String> paths() {
        return table.stream().map(Endpoint::path).distinct();
    }

    private Stream<Endpoint> at(String path, ApiVersion version) {
        return table.stream()
                .filter(endpoint -> endpoint.path().equals(path))
                .filter(endpoint -> version.isAtLeast(endpoint.since()));
    }
}
