package io.stowage.array.flasharray;

import io.stowage.array.core.Container;
import io.stowage.array.core.Estate;
import io.stowage.array.core.Objects;
import io.stowage.array.core.Volume;
import io.stowage.array.core.VolumeGroup;
import io.stowage.array.core.VolumePlace;
import io.stowage.web.json.Json;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** Volumes as they are found and shown. What changes them is in {@link VolumeCalls}. */
final class Volumes implements Resource<Volume> {
    static final String REGULAR = "regular";
    static final String PROMOTED = "promoted";

    private final Estate estate;

    Volumes(Estate estate) {
        this.estate = estate;
    }

    @Override
    public Collection<Volume> all(Objects objects) {
        return objects.volumes();
    }

    @Override
    public Optional<Volume> named(Objects objects, String name) {
        var parsed = VolumeName.parse(name);
        var pod = parsed.pod().flatMap(objects::container).map(Container::id);
        var group =
                parsed.group().flatMap(part -> objects.volumeGroup(pod, part)).map(VolumeGroup::id);
        return parsed.pod().isPresent() == pod.isPresent() && parsed.group().isPresent() == group.isPresent()
                ? objects.volume(new VolumePlace(pod, group, parsed.volume()))
                : Optional.empty();
    }

    @Override
    public Optional<Volume> identified(Objects objects, UUID id) {
        return objects.volume(id);
    }

    @Override
    public String name(Objects objects, Volume volume) {
        return fullName(objects, volume);
    }

    static String fullName(Objects objects, Volume volume) {
        return VolumeName.full(
                pod(objects, volume).map(Container::name),
                group(objects, volume).map(VolumeGroup::name),
                volume.name());
    }

    static Optional<Container> pod(Objects objects, Volume volume) {
        return volume.container().flatMap(objects::container);
    }

    static Optional<VolumeGroup> group(Objects objects, Volume volume) {
        return volume.group().flatMap(objects::volumeGroup);
    }

    @Override
    public Optional<Boolean> destroyed(Volume volume) {
        return Optional.of(volume.isDestroyed());
    }

    @Override
    public String missing() {
        return Wording.VOLUME_MISSING;
    }

    @Override
    public boolean hasTotals() {
        return true;
    }

    @Override
    public ObjectNode item(Objects objects, Volume volume, ApiVersion version) {
        var item = Json.object()
                .put("name", fullName(objects, volume))
                .put("id", volume.id().toString())
                .put("serial", volume.identity().serial())
                .put("provisioned", volume.sizeBytes())
                .put("created", volume.created().toEpochMilli());
        Remaining.describe(volume, estate.time().instant(), item);
        item.put("connection_count", objects.connectionsOfVolume(volume.id()).size())
                .put("subtype", REGULAR);
        item.set("source", source(volume));
        var pod = pod(objects, volume);
        item.set("pod", References.to(pod.map(Container::name), pod.map(Container::id)));
        item.set("volume_group", groupReference(objects, volume));
        item.set("qos", Qos.describe(volume.attributes()));
        var priority = Priority.of(volume.attributes());
        item.put("priority", priority.from(groupPriority(objects, volume)));
        item.set("priority_adjustment", priority.json());
        item.put("promotion_status", PROMOTED)
                .put("requested_promotion_state", PROMOTED)
                .put("host_encryption_key_status", "none");
        item.set("space", space(objects, volume).json(version));
        return item;
    }

    static ObjectNode groupReference(Objects objects, Volume volume) {
        var group = group(objects, volume);
        return References.to(group.map(one -> VolumeGroups.fullName(objects, one)), group.map(VolumeGroup::id));
    }

    private static int groupPriority(Objects objects, Volume volume) {
        return group(objects, volume)
                .map(group -> Priority.of(group.attributes()).from(0))
                .orElse(0);
    }

    private static ObjectNode source(Volume volume) {
        return References.to(
                volume.origin().map(Volume.Origin::name), volume.origin().map(Volume.Origin::volume));
    }

    @Override
    public ObjectNode total(Objects objects, Collection<Volume> all, ApiVersion version) {
        return Resource.super
                .total(objects, all, version)
                .put("provisioned", all.stream().mapToLong(Volume::sizeBytes).sum());
    }

    @Override
    public SpaceFigures space(Objects objects, Volume volume) {
        return SpaceFigures.of(objects, estate.usage(), volume);
    }
}
