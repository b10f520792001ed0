package io.stowage.array.flasharray;

import io.stowage.array.core.Connection;
import io.stowage.array.core.Container;
import io.stowage.array.core.Estate;
import io.stowage.array.core.Objects;
import io.stowage.array.core.ProtectionGroup;
import io.stowage.array.core.ProtectionMember.Kind;
import io.stowage.array.core.Volume;
import io.stowage.web.json.Json;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** Protection groups as they are found and shown. What changes them is in {@link ProtectionGroupCalls}. */
final class ProtectionGroups implements Resource<ProtectionGroup> {
    private final Estate estate;
    private final Identity identity;

    ProtectionGroups(Estate estate, Identity identity) {
        this.estate = estate;
        this.identity = identity;
    }

    @Override
    public Collection<ProtectionGroup> all(Objects objects) {
        return objects.protectionGroups();
    }

    @Override
    public Optional<ProtectionGroup> named(Objects objects, String name) {
        return find(objects, name);
    }

    /** The group with this full name, {@code pod::group} or {@code group}. */
    static Optional<ProtectionGroup> find(Objects objects, String name) {
        var parsed = PodName.parse(name);
        if (parsed.pod().isEmpty()) {
            return objects.protectionGroup(Optional.empty(), name);
        }
        return parsed.pod()
                .flatMap(objects::container)
                .flatMap(pod -> objects.protectionGroup(Optional.of(pod.id()), parsed.local()));
    }

    @Override
    public Optional<ProtectionGroup> identified(Objects objects, UUID id) {
        return objects.protectionGroup(id);
    }

    @Override
    public String name(Objects objects, ProtectionGroup group) {
        return fullName(objects, group);
    }

    static String fullName(Objects objects, ProtectionGroup group) {
        return PodName.full(pod(objects, group).map(Container::name), group.name());
    }

    static Optional<Container> pod(Objects objects, ProtectionGroup group) {
        return group.container().flatMap(objects::container);
    }

    @Override
    public Optional<Boolean> destroyed(ProtectionGroup group) {
        return Optional.of(group.isDestroyed());
    }

    @Override
    public String missing() {
        return ProtectionWording.GROUP_MISSING;
    }

    @Override
    public boolean hasTotals() {
        return true;
    }

    /** The live volumes that a snapshot of the group would hold now. */
    static Set<Volume> volumes(Objects objects, ProtectionGroup group) {
        var volumes = new LinkedHashSet<Volume>();
        for (var member : objects.membersOf(group.id())) {
            switch (member.kind()) {
                case VOLUME -> objects.volume(member.member()).ifPresent(volumes::add);
                case HOST ->
                    objects.connectionsOfHost(member.member())
                            .forEach(connection -> addOutsideOfPods(objects, connection, volumes));
                case HOST_GROUP ->
                    objects.sharedConnections(member.member())
                            .forEach(connection -> addOutsideOfPods(objects, connection, volumes));
            }
        }
        volumes.removeIf(Volume::isDestroyed);
        return volumes;
    }

    /** Volumes in pods are protected there only. */
    private static void addOutsideOfPods(Objects objects, Connection connection, Set<Volume> to) {
        objects.volume(connection.volume())
                .filter(volume -> volume.container().isEmpty())
                .ifPresent(to::add);
    }

    @Override
    public ObjectNode item(Objects objects, ProtectionGroup group, ApiVersion version) {
        var pod = pod(objects, group);
        var protection = group.protection();
        var item = Json.object()
                .put("name", fullName(objects, group))
                .put("id", group.id().toString())
                .put("is_local", true);
        Remaining.describe(group, estate.time().instant(), item);
        item.set("pod", References.to(pod.map(Container::name), pod.map(Container::id)));
        item.set(
                "source",
                References.to(
                        pod.map(Container::name)
                                .orElseGet(() -> ArraySettings.of(objects).name()),
                        pod.map(Container::id).orElse(identity.id())));
        item.put("volume_count", count(objects, group, Kind.VOLUME))
                .put("host_count", count(objects, group, Kind.HOST))
                .put("host_group_count", count(objects, group, Kind.HOST_GROUP))
                .put("target_count", 0);
        item.set("snapshot_schedule", Protecting.describe(protection.snapshots()));
        item.set("replication_schedule", Protecting.describeReplication(protection));
        item.set("source_retention", Protecting.describe(protection.retention()));
        item.set("target_retention", Protecting.describe(protection.remoteRetention()));
        item.put("retention_lock", protection.isLocked() ? Protecting.LOCKED : Protecting.UNLOCKED);
        item.set("eradication_config", SafeMode.describe(objects, group));
        item.set("space", space(objects, group).json(version));
        return item;
    }

    /** Destroyed volumes stay members, but don't count until they come back. */
    private static long count(Objects objects, ProtectionGroup group, Kind kind) {
        return objects.membersOf(group.id()).stream()
                .filter(member -> member.kind() == kind)
                .filter(member -> objects.volume(member.member())
                        .filter(Volume::isDestroyed)
                        .isEmpty())
                .count();
    }

    /** What its members provision, and what only its snapshots hold. */
    @Override
    public SpaceFigures space(Objects objects, ProtectionGroup group) {
        var provisioned =
                volumes(objects, group).stream().mapToLong(Volume::sizeBytes).sum();
        var held = objects.groupSnapshotsOf(group.id()).stream()
                .flatMap(snapshot -> objects.partsOf(snapshot.id()).stream())
                .mapToLong(estate.usage()::exclusive)
                .sum();
        return new SpaceFigures(provisioned, provisioned, 0, 0, held, Optional.empty());
    }
}
