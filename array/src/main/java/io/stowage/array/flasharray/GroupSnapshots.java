package io.stowage.array.flasharray;

import io.stowage.array.core.Container;
import io.stowage.array.core.Estate;
import io.stowage.array.core.GroupSnapshot;
import io.stowage.array.core.Objects;
import io.stowage.array.core.ProtectionGroup;
import io.stowage.array.core.Snapshot;
import io.stowage.web.json.Json;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** Protection-group snapshots as they are found and shown. What changes them is in {@link GroupSnapshotCalls}. */
final class GroupSnapshots implements Resource<GroupSnapshot> {
    private final Estate estate;

    GroupSnapshots(Estate estate) {
        this.estate = estate;
    }

    @Override
    public Collection<GroupSnapshot> all(Objects objects) {
        return objects.groupSnapshots();
    }

    @Override
    public Optional<GroupSnapshot> named(Objects objects, String name) {
        var dot = name.indexOf('.');
        return dot < 0
                ? Optional.empty()
                : ProtectionGroups.find(objects, name.substring(0, dot))
                        .flatMap(group -> objects.groupSnapshot(group.id(), name.substring(dot + 1)));
    }

    @Override
    public Optional<GroupSnapshot> identified(Objects objects, UUID id) {
        return objects.groupSnapshot(id);
    }

    @Override
    public String name(Objects objects, GroupSnapshot snapshot) {
        return fullName(objects, snapshot);
    }

    static String fullName(Objects objects, GroupSnapshot snapshot) {
        return ProtectionGroups.fullName(objects, group(objects, snapshot)) + "." + snapshot.name();
    }

    static ProtectionGroup group(Objects objects, GroupSnapshot snapshot) {
        return objects.protectionGroup(snapshot.group()).orElseThrow();
    }

    /** The part of a group's snapshot with this full name: {@code pod::group.suffix.volume}. */
    static Optional<Snapshot> part(Objects objects, GroupSnapshots wholes, String name) {
        var first = name.indexOf('.');
        var second = name.indexOf('.', first + 1);
        return second < 0
                ? Optional.empty()
                : wholes.named(objects, name.substring(0, second))
                        .flatMap(whole -> objects.partsOf(whole.id()).stream()
                                .filter(part -> part.name().equalsIgnoreCase(name.substring(second + 1)))
                                .findFirst());
    }

    @Override
    public Optional<Boolean> destroyed(GroupSnapshot snapshot) {
        return Optional.of(snapshot.isDestroyed());
    }

    @Override
    public String missing() {
        return ProtectionWording.SNAPSHOT_MISSING;
    }

    @Override
    public boolean hasTotals() {
        return true;
    }

    @Override
    public ObjectNode item(Objects objects, GroupSnapshot snapshot, ApiVersion version) {
        var group = group(objects, snapshot);
        var pod = ProtectionGroups.pod(objects, group);
        var item = Json.object()
                .put("name", fullName(objects, snapshot))
                .put("id", snapshot.id().toString())
                .put("suffix", snapshot.name())
                .put("created", snapshot.created().toEpochMilli());
        Remaining.describe(snapshot, estate.time().instant(), item);
        item.set("source", References.to(ProtectionGroups.fullName(objects, group), group.id()));
        item.set("pod", References.to(pod.map(Container::name), pod.map(Container::id)));
        item.set(
                "eradication_config",
                Json.object().put("manual_eradication", SafeMode.allows(objects, snapshot) ? "enabled" : "disabled"));
        item.set("space", space(objects, snapshot).json(version));
        return item;
    }

    @Override
    public SpaceFigures space(Objects objects, GroupSnapshot snapshot) {
        var space = SpaceFigures.NONE;
        for (var part : objects.partsOf(snapshot.id())) {
            space = space.plus(SpaceFigures.of(estate.usage(), part));
        }
        return space;
    }
}
