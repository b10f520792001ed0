package io.stowage.array.flasharray;

import io.stowage.array.core.Container;
import io.stowage.array.core.Estate;
import io.stowage.array.core.Objects;
import io.stowage.array.core.Volume;
import io.stowage.array.core.VolumeGroup;
import io.stowage.web.json.Json;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** Volume groups as they are found and shown. What changes them is in {@link VolumeGroupCalls}. */
final class VolumeGroups implements Resource<VolumeGroup> {
    private final Estate estate;
    private final Volumes volumes;

    VolumeGroups(Estate estate, Volumes volumes) {
        this.estate = estate;
        this.volumes = volumes;
    }

    static void requireLive(VolumeGroup group, String context) {
        if (group.isDestroyed()) {
            throw Refusal.of(context, Wording.VOLUME_GROUP_DESTROYED);
        }
    }

    static String fullName(Objects objects, VolumeGroup group) {
        return PodName.full(pod(objects, group).map(Container::name), group.name());
    }

    static Optional<Container> pod(Objects objects, VolumeGroup group) {
        return group.container().flatMap(objects::container);
    }

    @Override
    public Collection<VolumeGroup> all(Objects objects) {
        return objects.volumeGroups();
    }

    @Override
    public Optional<VolumeGroup> named(Objects objects, String name) {
        var parsed = VolumeName.parse(name);
        if (parsed.pod().isEmpty()) {
            return objects.volumeGroup(Optional.empty(), name);
        }
        return parsed.pod()
                .flatMap(objects::container)
                .flatMap(pod -> objects.volumeGroup(Optional.of(pod.id()), parsed.volume()));
    }

    @Override
    public Optional<VolumeGroup> identified(Objects objects, UUID id) {
        return objects.volumeGroup(id);
    }

    @Override
    public String name(Objects objects, VolumeGroup group) {
        return fullName(objects, group);
    }

    @Override
    public Optional<Boolean> destroyed(VolumeGroup group) {
        return Optional.of(group.isDestroyed());
    }

    @Override
    public String missing() {
        return Wording.VOLUME_GROUP_MISSING;
    }

    @Override
    public boolean hasTotals() {
        return true;
    }

    @Override
    public ObjectNode item(Objects objects, VolumeGroup group, ApiVersion version) {
        var item = Json.object()
                .put("name", fullName(objects, group))
                .put("id", group.id().toString());
        Remaining.describe(group, estate.time().instant(), item);
        var pod = pod(objects, group);
        item.set("pod", References.to(pod.map(Container::name), pod.map(Container::id)));
        item.set("qos", Qos.describe(group.attributes()));
        item.set("priority_adjustment", Priority.of(group.attributes()).json());
        item.put("volume_count", contents(objects, group).count());
        item.set("space", space(objects, group).json(version));
        return item;
    }

    /** Its volumes: the live ones, or of a destroyed group those that would come back with it. */
    static Stream<Volume> contents(Objects objects, VolumeGroup group) {
        return objects.volumesOf(group.id()).stream()
                .filter(volume -> volume.eradicateAt().equals(group.eradicateAt()));
    }

    @Override
    public SpaceFigures space(Objects objects, VolumeGroup group) {
        return contents(objects, group)
                .map(volume -> volumes.space(objects, volume))
                .reduce(SpaceFigures.NONE, SpaceFigures::plus);
    }
}
