package io.stowage.array.core;

import io.stowage.array.store.StoreTransaction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Changes to a personality's objects and to the data behind them, which become visible and durable together or not at
 * all. Valid only within {@link Estate#change}. A personality checks its own rules first and answers in its own words;
 * what would break the model here is an {@link IllegalStateException}.
 */
public final class Draft {
    private final Objects objects;
    private final StoreTransaction store;
    private final Records records;
    private final Instant now;
    private final Deque<Runnable> undo = new ArrayDeque<>();
    private final Set<String> initiators = new LinkedHashSet<>();
    private final Set<UUID> resized = new LinkedHashSet<>();

    Draft(Objects objects, StoreTransaction store, Records records, Instant now) {
        this.objects = objects;
        this.store = store;
        this.records = records;
        this.now = now;
    }

    /** All objects, with the changes made so far. */
    public Objects objects() {
        return objects;
    }

    /** The time of all changes of this draft. */
    public Instant now() {
        return now;
    }

    /** When something destroyed now will be eradicated. */
    public Instant after(Duration delay) {
        return now.plus(delay);
    }

    /** Adds the object, or puts it in the place of the one with its id. */
    public void put(Entity entity) {
        switch (entity) {
            case Container container -> put(objects.containers, container);
            case VolumeGroup group -> put(objects.volumeGroups, group);
            case Volume volume -> put(objects.volumes, volume);
            case Snapshot snapshot -> put(objects.snapshots, snapshot);
            case Host host -> {
                objects.host(host.id()).ifPresent(before -> initiators.addAll(before.initiators()));
                initiators.addAll(host.initiators());
                put(objects.hosts, host);
            }
            case HostGroup group -> put(objects.hostGroups, group);
            case Connection connection -> {
                touch(connection);
                put(objects.connections, connection);
            }
            case ProtectionGroup group -> put(objects.protectionGroups, group);
            case ProtectionMember member -> put(objects.protectionMembers, member);
            case GroupSnapshot snapshot -> put(objects.groupSnapshots, snapshot);
            case VolumeSet set -> put(objects.volumeSets, set);
            case SetMember member -> put(objects.setMembers, member);
            case SetExport export -> put(objects.setExports, export);
            case Job job -> put(objects.jobs, job);
            case Tag tag -> put(objects.tags, tag);
            case Setting setting -> put(objects.settings, setting);
            case Reservation reservation -> put(objects.reservations, reservation);
        }
        records.put(store, entity);
    }

    /** Makes an empty volume. */
    public Volume createVolume(VolumePlace place, long sizeBytes, UnitIdentity identity) {
        var stored = store.create(sizeBytes);
        return added(place, sizeBytes, identity, stored, Optional.empty(), Optional.empty(), false);
    }

    /** Makes an empty volume that is in no volume group. */
    public Volume createVolume(Optional<UUID> container, String name, long sizeBytes, UnitIdentity identity) {
        return createVolume(VolumePlace.outsideOfGroups(container, name), sizeBytes, identity);
    }

    /** Makes a volume with this content and its size; the source's copyable tags come with it. */
    public Volume copyVolume(VolumePlace place, Content content, UnitIdentity identity) {
        var stored = store.clone(content.stored());
        var origin = Optional.of(content.origin());
        var copy = added(place, content.sizeBytes(), identity, stored, origin, Optional.empty(), false);
        for (var tag : objects.tagsOf(content.resource())) {
            if (tag.copyable()) {
                put(new Tag(UUID.randomUUID(), copy.id(), tag.namespace(), tag.key(), tag.value(), true));
            }
        }
        return copy;
    }

    /** As {@link #copyVolume(VolumePlace, Content, UnitIdentity)}, in no volume group. */
    public Volume copyVolume(Optional<UUID> container, String name, Content content, UnitIdentity identity) {
        return copyVolume(VolumePlace.outsideOfGroups(container, name), content, identity);
    }

    /** Makes a volume that shows the parent's content and size as of now, and can be used like any other. */
    public Volume branch(Volume parent, VolumePlace place, UnitIdentity identity, boolean readOnly) {
        var stored = store.clone(parent.stored());
        return added(place, parent.sizeBytes(), identity, stored, Optional.empty(), Optional.of(parent.id()), readOnly);
    }

    private Volume added(
            VolumePlace place,
            long sizeBytes,
            UnitIdentity identity,
            long stored,
            Optional<Volume.Origin> origin,
            Optional<UUID> parent,
            boolean readOnly) {
        var volume = new Volume(
                UUID.randomUUID(),
                place.container(),
                place.group(),
                place.name(),
                sizeBytes,
                identity,
                stored,
                now,
                origin,
                Optional.empty(),
                Map.of(),
                parent,
                readOnly,
                false);
        put(volume);
        return volume;
    }

    /** Gives the volume this content and its size; its identity and its connections stay. */
    public Volume overwrite(Volume volume, Content content) {
        if (content.stored() != volume.stored()) {
            store.restore(volume.stored(), content.stored());
        }
        var overwritten = volume.withSize(content.sizeBytes()).withOrigin(Optional.of(content.origin()));
        replaceSized(volume, overwritten);
        return overwritten;
    }

    /** Gives the volume this content, which isn't larger, and zeros behind it; its size and all else stay. */
    public Volume fill(Volume volume, Content content) {
        if (content.sizeBytes() > volume.sizeBytes()) {
            throw new IllegalStateException("Volume " + volume.name() + " is too small");
        }
        if (content.stored() != volume.stored()) {
            store.restore(volume.stored(), content.stored());
            store.resize(volume.stored(), volume.sizeBytes());
        }
        return volume;
    }

    /** Changes the size; what is cut off is lost, what is added reads as zeros. */
    public Volume resize(Volume volume, long sizeBytes) {
        store.resize(volume.stored(), sizeBytes);
        var resized = volume.withSize(sizeBytes);
        replaceSized(volume, resized);
        return resized;
    }

    private void replaceSized(Volume before, Volume after) {
        put(after);
        if (before.sizeBytes() != after.sizeBytes()) {
            resized.add(after.id());
        }
    }

    /** Keeps the content of the volume as of now. */
    public Snapshot snapshot(Volume volume, String name, String serial) {
        return snapshot(volume, Optional.empty(), name, serial);
    }

    private Snapshot snapshot(Volume volume, Optional<UUID> partOf, String name, String serial) {
        var snapshot = new Snapshot(
                UUID.randomUUID(),
                volume.id(),
                partOf,
                name,
                volume.sizeBytes(),
                serial,
                store.snapshot(volume.stored()),
                now,
                Optional.empty());
        put(snapshot);
        return snapshot;
    }

    /**
     * Keeps the contents of these volumes as of now, all at one instant.
     *
     * @param whole what they become part of
     * @param names the name of each volume's snapshot
     * @param serials a new one for each call
     */
    public GroupSnapshot snapshot(GroupSnapshot whole, Map<Volume, String> names, Supplier<String> serials) {
        put(whole);
        names.forEach((volume, name) -> snapshot(volume, Optional.of(whole.id()), name, serials.get()));
        return whole;
    }

    /** Destroys the container, and with it what is in it and isn't destroyed yet. */
    public Container destroy(Container container, Instant end) {
        for (var group : objects.protectionGroupsIn(Optional.of(container.id()))) {
            if (!group.isDestroyed()) {
                destroy(group, end);
            }
        }
        for (var volume : objects.volumesIn(container.id())) {
            if (!volume.isDestroyed()) {
                destroy(volume, end);
            }
        }
        for (var group : objects.volumeGroupsIn(container.id())) {
            if (!group.isDestroyed()) {
                destroy(group, end);
            }
        }
        var destroyed = container.withEradicateAt(Optional.of(end));
        put(destroyed);
        return destroyed;
    }

    /** Puts the volume group with its volumes into another container, or out of all. */
    public VolumeGroup move(VolumeGroup group, Optional<UUID> container) {
        var moved = new VolumeGroup(group.id(), container, group.name(), group.eradicateAt(), group.attributes());
        put(moved);
        for (var volume : objects.volumesOf(group.id())) {
            put(volume.withPlace(VolumePlace.in(moved, volume.name())));
        }
        return moved;
    }

    /** Destroys the volume group, and with it the volumes and snapshots in it that aren't destroyed yet. */
    public VolumeGroup destroy(VolumeGroup group, Instant end) {
        for (var volume : objects.volumesOf(group.id())) {
            if (!volume.isDestroyed()) {
                destroy(volume, end);
            }
        }
        var destroyed = group.withEradicateAt(Optional.of(end));
        put(destroyed);
        return destroyed;
    }

    /** Destroys the protection group, and with it its snapshots that aren't destroyed yet. Its members stay. */
    public ProtectionGroup destroy(ProtectionGroup group, Instant end) {
        for (var snapshot : objects.groupSnapshotsOf(group.id())) {
            if (!snapshot.isDestroyed()) {
                destroy(snapshot, end);
            }
        }
        var destroyed = group.withEradicateAt(Optional.of(end));
        put(destroyed);
        return destroyed;
    }

    /** Destroys all parts of the snapshot at once. */
    public GroupSnapshot destroy(GroupSnapshot snapshot, Instant end) {
        for (var part : objects.partsOf(snapshot.id())) {
            destroy(part, end);
        }
        var destroyed = snapshot.withEradicateAt(Optional.of(end));
        put(destroyed);
        return destroyed;
    }

    /**
     * Destroys the volume, and with it those of its snapshots that were taken alone and aren't destroyed yet. It must
     * have no connections.
     */
    public Volume destroy(Volume volume, Instant end) {
        if (!objects.connectionsOfVolume(volume.id()).isEmpty()) {
            throw new IllegalStateException("Volume " + volume.name() + " is connected");
        }
        for (var snapshot : objects.snapshotsOf(volume.id())) {
            if (!snapshot.isDestroyed() && snapshot.partOf().isEmpty()) {
                destroy(snapshot, end);
            }
        }
        var destroyed = volume.withEradicateAt(Optional.of(end));
        put(destroyed);
        return destroyed;
    }

    public Snapshot destroy(Snapshot snapshot, Instant end) {
        var destroyed = snapshot.withEradicateAt(Optional.of(end));
        put(destroyed);
        return destroyed;
    }

    /** Brings the container back, with what was destroyed with it; what was destroyed before stays so. */
    public Container recover(Container container) {
        for (var volume : objects.volumesIn(container.id())) {
            if (volume.wentWith(container)) {
                recover(volume);
            }
        }
        for (var group : objects.volumeGroupsIn(container.id())) {
            if (group.wentWith(container)) {
                recover(group);
            }
        }
        for (var group : objects.protectionGroupsIn(Optional.of(container.id()))) {
            if (group.wentWith(container)) {
                recover(group);
            }
        }
        var recovered = container.withEradicateAt(Optional.empty());
        put(recovered);
        return recovered;
    }

    /** Brings the volume group back, with what was destroyed with it; what was destroyed before stays so. */
    public VolumeGroup recover(VolumeGroup group) {
        for (var volume : objects.volumesOf(group.id())) {
            if (volume.wentWith(group)) {
                recover(volume);
            }
        }
        var recovered = group.withEradicateAt(Optional.empty());
        put(recovered);
        return recovered;
    }

    /** Brings the protection group back, with the snapshots that were destroyed with it. */
    public ProtectionGroup recover(ProtectionGroup group) {
        for (var snapshot : objects.groupSnapshotsOf(group.id())) {
            if (snapshot.wentWith(group)) {
                recover(snapshot);
            }
        }
        var recovered = group.withEradicateAt(Optional.empty());
        put(recovered);
        return recovered;
    }

    /** Brings the snapshot back with all its parts. */
    public GroupSnapshot recover(GroupSnapshot snapshot) {
        objects.partsOf(snapshot.id()).forEach(this::recover);
        var recovered = snapshot.withEradicateAt(Optional.empty());
        put(recovered);
        return recovered;
    }

    /** Brings the volume back, with the snapshots that were destroyed with it. */
    public Volume recover(Volume volume) {
        for (var snapshot : objects.snapshotsOf(volume.id())) {
            if (snapshot.partOf().isEmpty() && snapshot.wentWith(volume)) {
                recover(snapshot);
            }
        }
        var recovered = volume.withEradicateAt(Optional.empty());
        put(recovered);
        return recovered;
    }

    public Snapshot recover(Snapshot snapshot) {
        var recovered = snapshot.withEradicateAt(Optional.empty());
        put(recovered);
        return recovered;
    }

    /** Removes the object for good, with all that is in it or of it, and gives its space back. */
    public void eradicate(Destructible object) {
        switch (object) {
            case Container container -> {
                objects.protectionGroupsIn(Optional.of(container.id())).forEach(this::eradicate);
                objects.volumesIn(container.id()).forEach(this::eradicate);
                objects.volumeGroupsIn(container.id()).forEach(this::eradicate);
                untag(container.id());
                remove(objects.containers, container);
            }
            case VolumeGroup group -> {
                objects.volumesOf(group.id()).forEach(this::eradicate);
                untag(group.id());
                remove(objects.volumeGroups, group);
            }
            case Volume volume -> {
                objects.childrenOf(volume.id()).forEach(this::eradicate);
                objects.snapshotsOf(volume.id()).forEach(this::eradicate);
                objects.membershipsOf(volume.id()).forEach(this::remove);
                objects.setMembershipsOf(volume.id()).forEach(this::remove);
                untag(volume.id());
                objects.reservation(volume.id()).ifPresent(this::remove);
                store.delete(volume.stored());
                remove(objects.volumes, volume);
            }
            case Snapshot snapshot -> {
                untag(snapshot.id());
                store.delete(snapshot.stored());
                remove(objects.snapshots, snapshot);
            }
            case ProtectionGroup group -> {
                objects.groupSnapshotsOf(group.id()).forEach(this::eradicate);
                objects.membersOf(group.id()).forEach(this::remove);
                untag(group.id());
                remove(objects.protectionGroups, group);
            }
            case GroupSnapshot snapshot -> {
                objects.partsOf(snapshot.id()).forEach(this::eradicate);
                untag(snapshot.id());
                remove(objects.groupSnapshots, snapshot);
            }
        }
    }

    /** Adds the volume to the set, in which it isn't yet, as the last. */
    public SetMember join(Volume volume, VolumeSet set) {
        var members = objects.membersOfSet(set.id());
        if (members.stream().anyMatch(member -> member.volume().equals(volume.id()))) {
            throw new IllegalStateException("Volume " + volume.name() + " is in volume set " + set.name());
        }
        var place = members.isEmpty() ? 0 : members.getLast().place() + 1;
        var member = new SetMember(UUID.randomUUID(), set.id(), volume.id(), place);
        put(member);
        return member;
    }

    /** Takes a volume out of a set, and out of sight of those to whom the set is exported. */
    public void remove(SetMember member) {
        for (var export : objects.exportsOfSet(member.set())) {
            objects.connectionsOf(export).stream()
                    .filter(connection -> connection.volume().equals(member.volume()))
                    .forEach(this::disconnect);
        }
        remove(objects.setMembers, member);
    }

    /** Removes the volume set, which must not be exported; its members stay. */
    public void remove(VolumeSet set) {
        if (!objects.exportsOfSet(set.id()).isEmpty()) {
            throw new IllegalStateException("Volume set " + set.name() + " is exported");
        }
        objects.membersOfSet(set.id()).forEach(this::remove);
        untag(set.id());
        remove(objects.volumeSets, set);
    }

    /** Forgets work that is over. */
    public void remove(Job job) {
        if (!job.isOver()) {
            throw new IllegalStateException("Job " + job.number() + " isn't over");
        }
        remove(objects.jobs, job);
    }

    /** Makes the volume visible to the host. */
    public Connection connect(Host host, Volume volume, int lun) {
        if (objects.luns(host).get(lun)) {
            throw new IllegalStateException("LUN " + lun + " of host " + host.name() + " is taken");
        }
        var connection = Connection.of(host, volume, lun);
        put(connection);
        return connection;
    }

    /** Makes the volume visible to all members of the group, those included that will join it. */
    public Connection connect(HostGroup group, Volume volume, int lun) {
        if (objects.luns(group).get(lun)) {
            throw new IllegalStateException("LUN " + lun + " of host group " + group.name() + " is taken");
        }
        var connection = Connection.of(group, volume, lun);
        put(connection);
        return connection;
    }

    /** Makes the volume visible to all hosts that have initiators of this type, those included that will be made. */
    public Connection connect(String initiatorType, Volume volume, int lun) {
        if (objects.luns(initiatorType).get(lun)) {
            throw new IllegalStateException("LUN " + lun + " of all " + initiatorType + " is taken");
        }
        var connection = Connection.of(initiatorType, volume, lun);
        put(connection);
        return connection;
    }

    /**
     * Notes that a volume set is exported; its volumes are to be connected after that.
     *
     * @param host to whom; empty if it is for a host group
     * @param lun none of its volumes gets a lower one
     */
    public SetExport export(VolumeSet set, Optional<UUID> host, Optional<UUID> group, int lun) {
        var export = new SetExport(UUID.randomUUID(), host, group, set.id(), lun);
        put(export);
        return export;
    }

    /** Makes a volume of the exported set visible; to be called for each. */
    public Connection connect(SetExport export, Volume volume, int lun) {
        var taken = export.group()
                .flatMap(objects::hostGroup)
                .map(objects::luns)
                .or(() -> export.host().flatMap(objects::host).map(objects::luns))
                .orElseThrow();
        if (taken.get(lun)) {
            throw new IllegalStateException("LUN " + lun + " of an export is taken");
        }
        var connection = Connection.of(export, volume, lun);
        put(connection);
        return connection;
    }

    /** Ends the export of a volume set. */
    public void remove(SetExport export) {
        objects.connectionsOf(export).forEach(this::disconnect);
        untag(export.id());
        remove(objects.setExports, export);
    }

    public void disconnect(Connection connection) {
        touch(connection);
        remove(objects.connections, connection);
    }

    /** Makes the host a member of the group, whose units it sees from now on. */
    public Host join(Host host, HostGroup group) {
        var shared = objects.sharedConnections(group.id());
        if (host.isIn(group)
                || shared.stream().anyMatch(one -> objects.luns(host).get(one.lun()))) {
            throw new IllegalStateException("Host " + host.name() + " can't join host group " + group.name());
        }
        var joined = host.with(group);
        put(joined);
        return joined;
    }

    /** Takes the host out of the group, whose units it sees no more. */
    public Host leave(Host host, HostGroup group) {
        var left = host.without(group);
        put(left);
        return left;
    }

    /** Removes the host group, which must have neither members nor connections. */
    public void remove(HostGroup group) {
        if (!objects.hostsIn(group.id()).isEmpty()
                || !objects.sharedConnections(group.id()).isEmpty()
                || !objects.exportsToGroup(group.id()).isEmpty()) {
            throw new IllegalStateException("Host group " + group.name() + " is in use");
        }
        objects.membershipsOf(group.id()).forEach(this::remove);
        untag(group.id());
        remove(objects.hostGroups, group);
    }

    /** Removes the host, which must have no connections but those to its type of initiators. */
    public void remove(Host host) {
        var connected = objects.connectionsOfHost(host.id()).stream()
                .anyMatch(connection -> connection.initiatorType().isEmpty());
        if (connected || !objects.exportsToHost(host.id()).isEmpty()) {
            throw new IllegalStateException("Host " + host.name() + " has connections");
        }
        initiators.addAll(host.initiators());
        objects.membershipsOf(host.id()).forEach(this::remove);
        untag(host.id());
        remove(objects.hosts, host);
    }

    /** Takes a member out of its protection group. */
    public void remove(ProtectionMember member) {
        remove(objects.protectionMembers, member);
    }

    public void remove(Tag tag) {
        remove(objects.tags, tag);
    }

    void remove(Reservation reservation) {
        remove(objects.reservations, reservation);
    }

    private void untag(UUID resource) {
        List.copyOf(objects.tagsOf(resource)).forEach(this::remove);
    }

    private void touch(Connection connection) {
        objects.hostsOf(connection).forEach(host -> initiators.addAll(host.initiators()));
    }

    private <T extends Entity> void put(Table<T> table, T entity) {
        var before = table.put(entity);
        undo.push(() -> before.ifPresentOrElse(table::put, () -> table.remove(entity.id())));
    }

    private <T extends Entity> void remove(Table<T> table, T entity) {
        table.remove(entity.id()).ifPresent(before -> undo.push(() -> table.put(before)));
        records.remove(store, entity);
    }

    /** Takes all changes of the objects back, newest first. */
    void undo() {
        while (!undo.isEmpty()) {
            undo.pop().run();
        }
    }

    /** Initiators whose units may have changed. */
    Set<String> initiators() {
        return initiators;
    }

    /** Volumes whose size has changed. */
    Set<UUID> resized() {
        return resized;
    }
}
