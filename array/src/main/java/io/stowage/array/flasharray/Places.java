package io.stowage.array.flasharray;

import io.stowage.array.core.Container;
import io.stowage.array.core.Objects;
import io.stowage.array.core.VolumeGroup;
import io.stowage.array.core.VolumePlace;
import java.util.Optional;
import java.util.UUID;

/** The pods and volume groups that names speak of, where something is to be put: they have to be there and live. */
final class Places {
    private Places() {}

    /** Where a volume of this name belongs; its own part of the name is checked too. */
    static VolumePlace of(Objects objects, VolumeName name) {
        var pod = promotedPod(objects, name.pod(), name.full());
        var group = name.group().map(part -> group(objects, pod, part, name.full()));
        Names.volume(name.volume(), name.full());
        return new VolumePlace(pod, group.map(VolumeGroup::id), name.volume());
    }

    /**
     * The id of a live pod; empty for none.
     *
     * @param context the name as it was given, for refusals
     */
    static Optional<UUID> pod(Objects objects, Optional<String> name, String context) {
        var pod =
                name.map(given -> objects.container(given).orElseThrow(() -> Refusal.of(context, Wording.POD_MISSING)));
        if (pod.filter(Container::isDestroyed).isPresent()) {
            throw Refusal.of(context, Wording.POD_DESTROYED);
        }
        return pod.map(Container::id);
    }

    /** The same for what can only be put into a promoted pod. */
    static Optional<UUID> promotedPod(Objects objects, Optional<String> name, String context) {
        var pod = pod(objects, name, context);
        pod.flatMap(objects::container).ifPresent(found -> Pods.requirePromoted(found, context));
        return pod;
    }

    private static VolumeGroup group(Objects objects, Optional<UUID> pod, String name, String context) {
        var group = objects.volumeGroup(pod, name).orElseThrow(() -> Refusal.of(context, Wording.VOLUME_GROUP_MISSING));
        VolumeGroups.requireLive(group, context);
        return group;
    }
}
