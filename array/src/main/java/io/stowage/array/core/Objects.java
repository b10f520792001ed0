package io.stowage.array.core;

import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * All objects of one personality, for reading. Valid only within the {@link Estate#read} or {@link Estate#change} that
 * handed it out; what it returns is immutable and may be kept. Names are compared without regard to case.
 */
public class Objects {
    private record Place(Optional<UUID> container, String name) {}

    private final Index<String, Container> containersByName = Index.by(c -> List.of(Host.folded(c.name())));
    private final Index<Place, VolumeGroup> volumeGroupsByPlace =
            Index.by(g -> List.of(new Place(g.container(), Host.folded(g.name()))));
    private final Index<Optional<UUID>, VolumeGroup> volumeGroupsByContainer = Index.by(g -> List.of(g.container()));
    private final Index<VolumePlace, Volume> volumesByPlace =
            Index.by(v -> List.of(v.place().folded()));
    private final Index<UUID, Volume> volumesByGroup =
            Index.by(v -> v.group().stream().toList());
    private final Index<Optional<UUID>, Volume> volumesByContainer = Index.by(v -> List.of(v.container()));
    private final Index<UUID, Volume> volumesByParent =
            Index.by(v -> v.parent().stream().toList());
    private final Index<String, VolumeSet> volumeSetsByName = Index.by(s -> List.of(Host.folded(s.name())));
    private final Index<UUID, SetMember> setMembersBySet = Index.by(m -> List.of(m.set()));
    private final Index<UUID, SetMember> setMembersByVolume = Index.by(m -> List.of(m.volume()));
    private final Index<Long, Job> jobsByNumber = Index.sortedBy(j -> List.of(j.number()));
    private final Index<UUID, Job> unendedJobsByVolume = Index.by(j -> j.isOver() ? List.of() : j.volumes());
    private final Index<Instant, Job> unendedJobsByDue = Index.sortedBy(j -> j.isOver() ? List.of() : List.of(j.due()));
    private final Index<UUID, Snapshot> snapshotsByVolume = Index.by(s -> List.of(s.volume()));
    private final Index<UUID, Snapshot> snapshotsByWhole =
            Index.by(s -> s.partOf().stream().toList());
    private final Index<Place, ProtectionGroup> protectionGroupsByPlace =
            Index.by(g -> List.of(new Place(g.container(), Host.folded(g.name()))));
    private final Index<Optional<UUID>, ProtectionGroup> protectionGroupsByContainer =
            Index.by(g -> List.of(g.container()));
    private final Index<UUID, ProtectionMember> protectionMembersByGroup = Index.by(m -> List.of(m.group()));
    private final Index<UUID, ProtectionMember> protectionMembersByMember = Index.by(m -> List.of(m.member()));
    private final Index<UUID, GroupSnapshot> groupSnapshotsByGroup = Index.by(s -> List.of(s.group()));
    private final Index<String, Host> hostsByName = Index.by(h -> List.of(Host.folded(h.name())));
    private final Index<String, Host> hostsByInitiator =
            Index.by(h -> h.initiators().stream().map(Host::folded).toList());
    private final Index<UUID, Host> hostsByGroup = Index.by(Host::groups);
    private final Index<String, HostGroup> hostGroupsByName = Index.by(g -> List.of(Host.folded(g.name())));
    private final Index<UUID, Connection> connectionsByHost =
            Index.by(c -> c.host().stream().toList());
    private final Index<UUID, Connection> connectionsByGroup =
            Index.by(c -> c.group().stream().toList());
    private final Index<String, Host> hostsByInitiatorType = Index.by(Host::initiatorTypes);
    private final Index<String, Connection> connectionsByInitiatorType =
            Index.by(c -> c.initiatorType().stream().toList());
    private final Index<UUID, Connection> connectionsByExport =
            Index.by(c -> c.export().stream().toList());
    private final Index<UUID, SetExport> setExportsBySet = Index.by(e -> List.of(e.set()));
    private final Index<UUID, SetExport> setExportsByHost =
            Index.by(e -> e.host().stream().toList());
    private final Index<UUID, SetExport> setExportsByGroup =
            Index.by(e -> e.group().stream().toList());
    private final Index<UUID, Connection> connectionsByVolume = Index.by(c -> List.of(c.volume()));
    private final Index<UUID, Tag> tagsByResource = Index.by(t -> List.of(t.resource()));

    private final Index<Instant, Container> containersByEnd =
            Index.sortedBy(c -> c.eradicateAt().stream().toList());
    private final Index<Instant, VolumeGroup> volumeGroupsByEnd =
            Index.sortedBy(g -> g.eradicateAt().stream().toList());
    private final Index<Instant, Volume> volumesByEnd =
            Index.sortedBy(v -> v.eradicateAt().stream().toList());
    private final Index<Instant, Snapshot> snapshotsByEnd =
            Index.sortedBy(s -> s.eradicateAt().stream().toList());
    private final Index<Instant, ProtectionGroup> protectionGroupsByEnd =
            Index.sortedBy(g -> g.eradicateAt().stream().toList());
    private final Index<Instant, ProtectionGroup> protectionGroupsByDue =
            Index.sortedBy(g -> g.due().stream().toList());
    private final Index<Instant, GroupSnapshot> groupSnapshotsByEnd =
            Index.sortedBy(s -> s.eradicateAt().stream().toList());

    final Table<Container> containers = new Table<>(containersByName, containersByEnd);
    final Table<VolumeGroup> volumeGroups =
            new Table<>(volumeGroupsByPlace, volumeGroupsByContainer, volumeGroupsByEnd);
    final Table<Volume> volumes =
            new Table<>(volumesByPlace, volumesByContainer, volumesByGroup, volumesByParent, volumesByEnd);
    final Table<Snapshot> snapshots = new Table<>(snapshotsByVolume, snapshotsByWhole, snapshotsByEnd);
    final Table<Host> hosts = new Table<>(hostsByName, hostsByInitiator, hostsByInitiatorType, hostsByGroup);
    final Table<HostGroup> hostGroups = new Table<>(hostGroupsByName);
    final Table<Connection> connections = new Table<>(
            connectionsByHost,
            connectionsByGroup,
            connectionsByInitiatorType,
            connectionsByVolume,
            connectionsByExport);
    final Table<SetExport> setExports = new Table<>(setExportsBySet, setExportsByHost, setExportsByGroup);
    final Table<ProtectionGroup> protectionGroups = new Table<>(
            protectionGroupsByPlace, protectionGroupsByContainer, protectionGroupsByEnd, protectionGroupsByDue);
    final Table<ProtectionMember> protectionMembers = new Table<>(protectionMembersByGroup, protectionMembersByMember);
    final Table<GroupSnapshot> groupSnapshots = new Table<>(groupSnapshotsByGroup, groupSnapshotsByEnd);
    final Table<VolumeSet> volumeSets = new Table<>(volumeSetsByName);
    final Table<SetMember> setMembers = new Table<>(setMembersBySet, setMembersByVolume);
    final Table<Job> jobs = new Table<>(jobsByNumber, unendedJobsByVolume, unendedJobsByDue);
    final Table<Tag> tags = new Table<>(tagsByResource);
    final Table<Setting> settings = new Table<>();
    final Table<Reservation> reservations = new Table<>();

    Objects() {}

    public Collection<Container> containers() {
        return containers.all();
    }

    public Optional<Container> container(UUID id) {
        return containers.get(id);
    }

    public Optional<Container> container(String name) {
        return containersByName.get(Host.folded(name)).stream().findFirst();
    }

    public Collection<Volume> volumes() {
        return volumes.all();
    }

    public Optional<Volume> volume(UUID id) {
        return volumes.get(id);
    }

    public Optional<Volume> volume(VolumePlace place) {
        return volumesByPlace.get(place.folded()).stream().findFirst();
    }

    /** The volume of this name that is in no volume group. */
    public Optional<Volume> volume(Optional<UUID> container, String name) {
        return volume(VolumePlace.outsideOfGroups(container, name));
    }

    /** The volumes in a container, in volume groups or not, destroyed ones included. */
    public List<Volume> volumesIn(UUID container) {
        return volumesByContainer.get(Optional.of(container));
    }

    public Collection<VolumeGroup> volumeGroups() {
        return volumeGroups.all();
    }

    public Optional<VolumeGroup> volumeGroup(UUID id) {
        return volumeGroups.get(id);
    }

    public Optional<VolumeGroup> volumeGroup(Optional<UUID> container, String name) {
        return volumeGroupsByPlace.get(new Place(container, Host.folded(name))).stream()
                .findFirst();
    }

    /** The volume groups in a container, destroyed ones included. */
    public List<VolumeGroup> volumeGroupsIn(UUID container) {
        return volumeGroupsByContainer.get(Optional.of(container));
    }

    /** The volumes in a volume group, destroyed ones included. */
    public List<Volume> volumesOf(UUID group) {
        return volumesByGroup.get(group);
    }

    /** The volumes that show earlier moments of this one. */
    public List<Volume> childrenOf(UUID volume) {
        return volumesByParent.get(volume);
    }

    public Collection<VolumeSet> volumeSets() {
        return volumeSets.all();
    }

    public Optional<VolumeSet> volumeSet(UUID id) {
        return volumeSets.get(id);
    }

    public Optional<VolumeSet> volumeSet(String name) {
        return volumeSetsByName.get(Host.folded(name)).stream().findFirst();
    }

    /** What makes volumes part of this set, in their order. */
    public List<SetMember> membersOfSet(UUID set) {
        return setMembersBySet.get(set).stream()
                .sorted(Comparator.comparing(SetMember::place))
                .toList();
    }

    /** What makes this volume part of sets. */
    public List<SetMember> setMembershipsOf(UUID volume) {
        return setMembersByVolume.get(volume);
    }

    public Collection<Job> jobs() {
        return jobs.all();
    }

    public Optional<Job> job(long number) {
        return jobsByNumber.get(number).stream().findFirst();
    }

    /** The work on this volume that isn't over. */
    public List<Job> jobsOn(UUID volume) {
        return unendedJobsByVolume.get(volume);
    }

    /** The work that isn't over although it has been long enough, in the order in which it became due. */
    public List<Job> jobsDue(Instant now) {
        var due = new ArrayList<Job>();
        for (var time : unendedJobsByDue.keys()) {
            if (time.isAfter(now)) {
                break;
            }
            due.addAll(unendedJobsByDue.get(time));
        }
        return due;
    }

    public Collection<Snapshot> snapshots() {
        return snapshots.all();
    }

    public Optional<Snapshot> snapshot(UUID id) {
        return snapshots.get(id);
    }

    /** The snapshot of this name that was taken of the volume alone. */
    public Optional<Snapshot> snapshot(UUID volume, String name) {
        return snapshotsOf(volume).stream()
                .filter(snapshot -> snapshot.partOf().isEmpty())
                .filter(snapshot -> snapshot.name().equalsIgnoreCase(name))
                .findFirst();
    }

    /** The snapshots of a volume, destroyed ones included, in the order of their creation. */
    public List<Snapshot> snapshotsOf(UUID volume) {
        return snapshotsByVolume.get(volume).stream()
                .sorted(Comparator.comparing(Snapshot::created))
                .toList();
    }

    public Collection<Host> hosts() {
        return hosts.all();
    }

    public Optional<Host> host(UUID id) {
        return hosts.get(id);
    }

    public Optional<Host> host(String name) {
        return hostsByName.get(Host.folded(name)).stream().findFirst();
    }

    /** The host that owns this IQN or NQN. */
    public Optional<Host> hostOf(String initiator) {
        return hostsByInitiator.get(Host.folded(initiator)).stream().findFirst();
    }

    public Collection<HostGroup> hostGroups() {
        return hostGroups.all();
    }

    public Optional<HostGroup> hostGroup(UUID id) {
        return hostGroups.get(id);
    }

    public Optional<HostGroup> hostGroup(String name) {
        return hostGroupsByName.get(Host.folded(name)).stream().findFirst();
    }

    /** The hosts in a host group. */
    public List<Host> hostsIn(UUID group) {
        return hostsByGroup.get(group);
    }

    public Collection<Connection> connections() {
        return connections.all();
    }

    /** What the host sees: its private connections, those of its groups, and those to its types of initiators. */
    public List<Connection> connectionsOfHost(UUID host) {
        var connections = new ArrayList<>(privateConnections(host));
        hosts.get(host).ifPresent(found -> {
            found.groups().forEach(group -> connections.addAll(sharedConnections(group)));
            found.initiatorTypes().forEach(type -> connections.addAll(connectionsTo(type)));
        });
        return connections;
    }

    public List<Connection> privateConnections(UUID host) {
        return connectionsByHost.get(host);
    }

    public List<Connection> sharedConnections(UUID group) {
        return connectionsByGroup.get(group);
    }

    /** Who sees the volume through this connection. */
    public List<Host> hostsOf(Connection connection) {
        return connection
                .group()
                .map(this::hostsIn)
                .or(() -> connection.initiatorType().map(hostsByInitiatorType::get))
                .orElseGet(() -> connection.host().flatMap(hosts::get).stream().toList());
    }

    /** The connections to all hosts with initiators of this type. */
    public List<Connection> connectionsTo(String initiatorType) {
        return connectionsByInitiatorType.get(initiatorType);
    }

    /** The hosts with initiators of this type. */
    public List<Host> hostsWith(String initiatorType) {
        return hostsByInitiatorType.get(initiatorType);
    }

    public List<Connection> connectionsOfVolume(UUID volume) {
        return connectionsByVolume.get(volume);
    }

    public Optional<Connection> privateConnection(UUID host, UUID volume) {
        return connectionsOfVolume(volume).stream()
                .filter(connection -> connection.host().equals(Optional.of(host)))
                .findFirst();
    }

    public Optional<Connection> sharedConnection(UUID group, UUID volume) {
        return connectionsOfVolume(volume).stream()
                .filter(connection -> connection.group().equals(Optional.of(group)))
                .findFirst();
    }

    /** The LUNs at which this host sees volumes. */
    public BitSet luns(Host host) {
        var luns = new BitSet();
        connectionsOfHost(host.id()).forEach(connection -> luns.set(connection.lun()));
        return luns;
    }

    /** The LUNs at which the group, or any of its members alone, sees volumes. */
    public BitSet luns(HostGroup group) {
        var luns = new BitSet();
        sharedConnections(group.id()).forEach(connection -> luns.set(connection.lun()));
        hostsIn(group.id()).forEach(host -> luns.or(luns(host)));
        return luns;
    }

    /** The LUNs at which hosts with initiators of this type see volumes. */
    public BitSet luns(String initiatorType) {
        var luns = new BitSet();
        connectionsTo(initiatorType).forEach(connection -> luns.set(connection.lun()));
        hostsWith(initiatorType).forEach(host -> luns.or(luns(host)));
        return luns;
    }

    public Collection<SetExport> setExports() {
        return setExports.all();
    }

    /** To whom this volume set is exported. */
    public List<SetExport> exportsOfSet(UUID set) {
        return setExportsBySet.get(set);
    }

    /** The volume sets that are exported to this host. */
    public List<SetExport> exportsToHost(UUID host) {
        return setExportsByHost.get(host);
    }

    /** The volume sets that are exported to this host group. */
    public List<SetExport> exportsToGroup(UUID group) {
        return setExportsByGroup.get(group);
    }

    /** What makes the volumes of an exported set visible. */
    public List<Connection> connectionsOf(SetExport export) {
        return connectionsByExport.get(export.id());
    }

    public Collection<ProtectionGroup> protectionGroups() {
        return protectionGroups.all();
    }

    public Optional<ProtectionGroup> protectionGroup(UUID id) {
        return protectionGroups.get(id);
    }

    public Optional<ProtectionGroup> protectionGroup(Optional<UUID> container, String name) {
        return protectionGroupsByPlace.get(new Place(container, Host.folded(name))).stream()
                .findFirst();
    }

    /** The protection groups in a container, or outside of all, destroyed ones included. */
    public List<ProtectionGroup> protectionGroupsIn(Optional<UUID> container) {
        return protectionGroupsByContainer.get(container);
    }

    /** The protection groups for which there is something to do, the most urgent first. */
    public List<ProtectionGroup> protectionGroupsDue(Instant now, int limit) {
        var due = new ArrayList<ProtectionGroup>();
        for (var time : protectionGroupsByDue.keys()) {
            if (time.isAfter(now) || due.size() >= limit) {
                break;
            }
            due.addAll(protectionGroupsByDue.get(time));
        }
        return due.subList(0, Math.min(due.size(), limit));
    }

    public Collection<ProtectionMember> protectionMembers() {
        return protectionMembers.all();
    }

    public List<ProtectionMember> membersOf(UUID protectionGroup) {
        return protectionMembersByGroup.get(protectionGroup);
    }

    /** What makes a volume, a host or a host group part of protection groups. */
    public List<ProtectionMember> membershipsOf(UUID member) {
        return protectionMembersByMember.get(member);
    }

    public Collection<GroupSnapshot> groupSnapshots() {
        return groupSnapshots.all();
    }

    public Optional<GroupSnapshot> groupSnapshot(UUID id) {
        return groupSnapshots.get(id);
    }

    public Optional<GroupSnapshot> groupSnapshot(UUID protectionGroup, String name) {
        return groupSnapshotsOf(protectionGroup).stream()
                .filter(snapshot -> snapshot.name().equalsIgnoreCase(name))
                .findFirst();
    }

    /** The snapshots of a protection group, destroyed ones included. */
    public List<GroupSnapshot> groupSnapshotsOf(UUID protectionGroup) {
        return groupSnapshotsByGroup.get(protectionGroup);
    }

    /** What a group's snapshot consists of. */
    public List<Snapshot> partsOf(UUID groupSnapshot) {
        return snapshotsByWhole.get(groupSnapshot);
    }

    public Collection<Tag> tags() {
        return tags.all();
    }

    public List<Tag> tagsOf(UUID resource) {
        return tagsByResource.get(resource);
    }

    public Optional<String> setting(String name) {
        return settings.get(Setting.idOf(name)).map(Setting::value);
    }

    /** The reservation of a volume that outlives restarts. */
    public Optional<Reservation> reservation(UUID volume) {
        return reservations.get(volume);
    }

    /** Everything whose time to be eradicated has come. */
    List<Destructible> expired(Instant now) {
        var expired = new ArrayList<Destructible>();
        collect(snapshotsByEnd, now, expired);
        collect(groupSnapshotsByEnd, now, expired);
        collect(protectionGroupsByEnd, now, expired);
        collect(volumesByEnd, now, expired);
        collect(volumeGroupsByEnd, now, expired);
        collect(containersByEnd, now, expired);
        return expired;
    }

    private static <T extends Entity & Destructible> void collect(
            Index<Instant, T> index, Instant now, List<Destructible> expired) {
        for (var end : index.keys()) {
            if (end.isAfter(now)) {
                return;
            }
            expired.addAll(index.get(end));
        }
    }
}
