package io.stowage.array.flasharray;

import io.stowage.array.core.Container;
import io.stowage.array.core.Content;
import io.stowage.array.core.Draft;
import io.stowage.array.core.Volume;
import io.stowage.array.core.VolumeGroup;
import io.stowage.array.core.VolumePlace;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Fills a new pod with copies of all live volumes of another one, all of one instant, in volume groups as there. */
final class PodClone {
    private final Draft draft;
    private final Identity identity;
    private final Container target;
    private final Map<UUID, VolumeGroup> groups = new HashMap<>();

    private PodClone(Draft draft, Identity identity, Container target) {
        this.draft = draft;
        this.identity = identity;
        this.target = target;
    }

    static void fill(Draft draft, Identity identity, Container source, Container target, Call call) {
        var clone = new PodClone(draft, identity, target);
        for (var volume : draft.objects().volumesIn(source.id())) {
            if (!volume.isDestroyed()) {
                VolumeProtection.joinNew(draft, clone.copy(volume), call);
            }
        }
    }

    private Volume copy(Volume volume) {
        var place = volume.group()
                .flatMap(id -> draft.objects().volumeGroup(id))
                .map(group -> VolumePlace.in(groups.computeIfAbsent(group.id(), _ -> copy(group)), volume.name()))
                .orElseGet(() -> VolumePlace.outsideOfGroups(Optional.of(target.id()), volume.name()));
        var content = Content.of(volume, Volumes.fullName(draft.objects(), volume));
        Pods.requireQuota(draft.objects(), Optional.of(target.id()), volume.sizeBytes(), target.name());
        return draft.copyVolume(place, content, identity.unit(identity.nextSerial(draft)));
    }

    private VolumeGroup copy(VolumeGroup group) {
        var copy = new VolumeGroup(
                UUID.randomUUID(), Optional.of(target.id()), group.name(), Optional.empty(), group.attributes());
        draft.put(copy);
        return copy;
    }
}
