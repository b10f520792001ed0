package io.stowage.array.flasharray;

import io.stowage.array.core.Estate;
import io.stowage.array.core.Objects;
import io.stowage.array.core.Volume;
import tools.jackson.databind.node.ObjectNode;

/** {@code /volumes/qos}: only the limits of volumes. */
final class VolumeQos implements View<Volume> {
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
    public Resource<Volume> viewed() {
        return volumes;
    }

    @Override
    public ObjectNode item(Objects objects, Volume volume, ApiVersion version) {
        var item = References.to(volumes.name(objects, volume), volume.id());
        item.set("qos", Qos.describe(volume.attributes()));
        return item;
    }
}
