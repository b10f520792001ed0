package io.stowage.array.flasharray;

import io.stowage.array.core.Estate;
import io.stowage.array.core.GroupSnapshot;
import io.stowage.array.core.Host;
import io.stowage.array.core.HostGroup;
import io.stowage.array.core.Objects;
import io.stowage.array.core.ProtectionGroup;
import io.stowage.array.core.ProtectionMember.Kind;
import io.stowage.array.core.Volume;
import java.util.List;
import java.util.stream.Stream;

/** What can be called about protection groups, their members, their snapshots and default protections. */
final class ProtectionEndpoints {
    private final Estate estate;
    private final ProtectionGroups groups;
    private final ScheduledSnapshots scheduled;

    ProtectionEndpoints(Estate estate, Identity identity, ScheduledSnapshots scheduled) {
        this.estate = estate;
        this.groups = new ProtectionGroups(estate, identity);
        this.scheduled = scheduled;
    }

    List<Endpoint> table(Resource<Volume> volumes, Resource<Host> hosts, Resource<HostGroup> hostGroups) {
        return Stream.of(
                        groups(),
                        snapshots(),
                        members("volumes", new Memberships<>(estate, groups, volumes, Kind.VOLUME)),
                        members("hosts", new Memberships<>(estate, groups, hosts, Kind.HOST)),
                        members("host-groups", new Memberships<>(estate, groups, hostGroups, Kind.HOST_GROUP)),
                        targets(),
                        defaults(),
                        new Tags<>(estate, groups, ProtectionGroup::id, Objects::protectionGroup)
                                .endpoints("protection-groups", 39),
                        new Tags<>(estate, new GroupSnapshots(estate), GroupSnapshot::id, Objects::groupSnapshot)
                                .endpoints("protection-group-snapshots", 44))
                .flatMap(List::stream)
                .toList();
    }

    private List<Endpoint> groups() {
        var calls = new ProtectionGroupCalls(estate, groups);
        return List.of(
                new Endpoint("GET", "protection-groups", 0, calls::list),
                new Endpoint("POST", "protection-groups", 0, calls::create),
                new Endpoint("PATCH", "protection-groups", 0, calls::update),
                new Endpoint("DELETE", "protection-groups", 0, calls::eradicate),
                new Endpoint("GET", "protection-groups/space", 0, new SpaceListing<>(estate, groups)::list));
    }

    private List<Endpoint> snapshots() {
        var snapshots = new GroupSnapshots(estate);
        var calls = new GroupSnapshotCalls(estate, groups, snapshots, scheduled);
        return List.of(
                new Endpoint("GET", "protection-group-snapshots", 0, calls::list),
                new Endpoint("POST", "protection-group-snapshots", 0, calls::create),
                new Endpoint("PATCH", "protection-group-snapshots", 0, calls::update),
                new Endpoint("DELETE", "protection-group-snapshots", 0, calls::eradicate),
                new Endpoint("GET", "protection-group-snapshots/transfer", 0, calls::transfers));
    }

    /** The same from both ends. */
    private static List<Endpoint> members(String kind, Memberships<?> memberships) {
        return Stream.of("protection-groups/" + kind, kind + "/protection-groups")
                .flatMap(path -> Stream.of(
                        new Endpoint("GET", path, 0, memberships::list),
                        new Endpoint("POST", path, 0, memberships::add),
                        new Endpoint("DELETE", path, 0, memberships::remove)))
                .toList();
    }

    private List<Endpoint> targets() {
        var targets = new ProtectionTargets(estate, groups);
        var path = "protection-groups/targets";
        return List.of(
                new Endpoint("GET", path, 0, targets::list),
                new Endpoint("POST", path, 0, targets::refuse),
                new Endpoint("PATCH", path, 0, targets::refuse),
                new Endpoint("DELETE", path, 0, targets::refuse));
    }

    private List<Endpoint> defaults() {
        var defaults = new DefaultProtections(estate, groups);
        return List.of(
                new Endpoint("GET", "container-default-protections", 16, defaults::list),
                new Endpoint("PATCH", "container-default-protections", 16, defaults::update));
    }
}
