package io.stowage.array.flasharray;

import io.stowage.array.core.Draft;
import io.stowage.array.core.Estate;
import io.stowage.array.core.Objects;
import io.stowage.array.core.VolumeGroup;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The calls of {@code /volume-groups}. */
final class VolumeGroupCalls {
    private static final Set<String> OPERATORS = Set.of("+", "-");

    private final Estate estate;
    private final VolumeGroups groups;

    VolumeGroupCalls(Estate estate, VolumeGroups groups) {
        this.estate = estate;
        this.groups = groups;
    }

    Answer list(Call call) {
        return estate.read(objects -> Listing.page(groups, objects, call));
    }

    Answer create(Call call) {
        var names = call.requiredList("names");
        return Answer.Items.of(estate, groups, call, draft -> {
            var made = new ArrayList<VolumeGroup>();
            for (var name : names) {
                made.add(create(draft, name, call.body()));
            }
            return made;
        });
    }

    private static VolumeGroup create(Draft draft, String name, Body body) {
        var parsed = VolumeName.parse(name);
        var pod = Places.promotedPod(draft.objects(), parsed.pod(), name);
        requireFree(draft.objects(), pod, parsed, Optional.empty());
        var group =
                new VolumeGroup(UUID.randomUUID(), pod, parsed.withoutPod(), Optional.empty(), options(Map.of(), body));
        draft.put(group);
        return group;
    }

    private static void requireFree(Objects objects, Optional<UUID> pod, VolumeName name, Optional<VolumeGroup> but) {
        Names.volumeGroup(name.withoutPod(), name.full());
        var other = objects.volumeGroup(pod, name.withoutPod()).map(VolumeGroup::id);
        if (other.isPresent() && !other.equals(but.map(VolumeGroup::id))) {
            throw Refusal.of(name.full(), Wording.VOLUME_GROUP_EXISTS);
        }
    }

    private static Map<String, String> options(Map<String, String> attributes, Body body) {
        return Priority.applied(Qos.applied(attributes, body), body, OPERATORS);
    }

    Answer update(Call call) {
        var body = call.body();
        body.requireAny("name", "destroyed", "pod", "qos", "priority_adjustment");
        if (body.has("destroyed") && (body.has("name") || body.has("pod"))) {
            throw Refusal.of(Wording.INVALID_COMBINATION);
        }
        return Answer.Items.of(estate, groups, call, draft -> {
            var updated = new ArrayList<VolumeGroup>();
            for (var group : Listing.required(groups, draft.objects(), call)) {
                updated.add(update(draft, group, body));
            }
            return updated;
        });
    }

    private static VolumeGroup update(Draft draft, VolumeGroup group, Body body) {
        var name = VolumeGroups.fullName(draft.objects(), group);
        var destroyed = body.flag("destroyed");
        if (destroyed.isPresent()) {
            return destroyed.get() ? destroy(draft, group, name) : recover(draft, group, name);
        }
        VolumeGroups.requireLive(group, name);
        var changed = moved(draft, group, body);
        changed = renamed(draft, changed, body).withAttributes(options(changed.attributes(), body));
        draft.put(changed);
        return changed;
    }

    private static VolumeGroup destroy(Draft draft, VolumeGroup group, String name) {
        VolumeGroups.requireLive(group, name);
        for (var volume : draft.objects().volumesOf(group.id())) {
            VolumeCalls.requireDisconnected(draft.objects(), volume);
        }
        return draft.destroy(group, SafeMode.end(draft, group));
    }

    private static VolumeGroup recover(Draft draft, VolumeGroup group, String name) {
        if (!group.isDestroyed()) {
            throw Refusal.of(name, Wording.VOLUME_GROUP_LIVE);
        }
        if (VolumeGroups.pod(draft.objects(), group)
                .filter(pod -> pod.isDestroyed())
                .isPresent()) {
            throw Refusal.of(name, Wording.POD_DESTROYED);
        }
        Pods.requireQuota(draft.objects(), group.container(), bytes(draft.objects(), group), name);
        return draft.recover(group);
    }

    private static long bytes(Objects objects, VolumeGroup group) {
        return VolumeGroups.contents(objects, group)
                .mapToLong(volume -> volume.sizeBytes())
                .sum();
    }

    private static VolumeGroup renamed(Draft draft, VolumeGroup group, Body body) {
        var name = body.text("name");
        if (name.isEmpty()) {
            return group;
        }
        var parsed = VolumeName.parse(name.get());
        var pod = Places.promotedPod(draft.objects(), parsed.pod(), name.get());
        if (!pod.equals(group.container())) {
            throw Refusal.of(name.get(), Wording.VOLUME_GROUP_RENAME_POD);
        }
        requireFree(draft.objects(), pod, parsed, Optional.of(group));
        return group.withName(parsed.withoutPod());
    }

    /** Into another pod with all its volumes, or out of all pods for the empty name. */
    private static VolumeGroup moved(Draft draft, VolumeGroup group, Body body) {
        var target = body.reference("pod");
        if (target.isEmpty()) {
            return group;
        }
        var full = PodName.full(target.filter(name -> !name.isEmpty()), group.name());
        var parsed = VolumeName.parse(full);
        var pod = Places.promotedPod(draft.objects(), parsed.pod(), full);
        if (pod.equals(group.container())) {
            return group;
        }
        requireFree(draft.objects(), pod, parsed, Optional.of(group));
        for (var volume : draft.objects().volumesOf(group.id())) {
            VolumeProtection.requireNone(draft.objects(), volume, full);
        }
        Pods.requireQuota(draft.objects(), pod, bytes(draft.objects(), group), full);
        return draft.move(group, pod);
    }

    Answer eradicate(Call call) {
        return estate.change(draft -> {
            for (var group : Listing.required(groups, draft.objects(), call)) {
                if (!group.isDestroyed()) {
                    throw Refusal.of(VolumeGroups.fullName(draft.objects(), group), Wording.VOLUME_GROUP_NOT_DESTROYED);
                }
                SafeMode.require(draft.objects(), group);
                draft.eradicate(group);
            }
            return new Answer.Empty();
        });
    }
}
