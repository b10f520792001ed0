package io.stowage.array.flasharray;

import io.stowage.array.core.Estate;
import io.stowage.array.core.Objects;
import io.stowage.array.core.Volume;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** {@code /volumes/qos}: only the limits of volumes. */
final class VolumeQos implements Resource<Volume> {
    private final Estate estate;
    private final Volumes volumes;

    VolumeQos(Estate estate, Volumes volumes) {
        this.estate = estate;
        this.volumes = volumes;
    }

    Answer list(Call call) {
        return estate.read(objects -> Listing.page(this, objects, call));
    }

    @Override
    public Collection<Volume> all(Objects objects) {
        return volumes.all(objects);
    }

    @Override
    public Optional<Volume> named(Objects objects, String name) {
        return volumes.named(objects, name);
    }

    @Override
    public Optional<Volume> identified(Objects objects, UUID id) {
        return volumes.identified(objects, id);
    }

    @Override
    public String name(Objects objects, Volume volume) {
        return volumes.name(objects, volume);
    }

    @Override
    public Optional<Boolean> destroyed(Volume volume) {
        return volumes.destroyed(volume);
    }

    @Override
    public String missing() {
        return volumes.missing();
    }

    @Override
    public ObjectNode item(Objects objects, Volume volume, ApiVersion version) {
        var item = References.to(volumes.name(objects, volume), volume.id());
        item.set("qos", Qos.describe(volume.attributes()));
        return item;
    }
}
