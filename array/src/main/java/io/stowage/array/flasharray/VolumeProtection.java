package io.stowage.array.flasharray;

import io.stowage.array.core.Draft;
import io.stowage.array.core.Objects;
import io.stowage.array.core.ProtectionGroup;
import io.stowage.array.core.ProtectionMember.Kind;
import io.stowage.array.core.Volume;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The parameters of {@code /volumes} by which volumes come into protection groups and out of them. */
final class VolumeProtection {
    private static final String ADD_NAMES = "add_to_protection_group_names";
    private static final String ADD_IDS = "add_to_protection_group_ids";
    private static final String REMOVE_NAMES = "remove_from_protection_group_names";
    private static final String REMOVE_IDS = "remove_from_protection_group_ids";

    private VolumeProtection() {}

    /** Whether the call says anything about groups. */
    static boolean isAsked(Call call) {
        return call.has(ADD_NAMES) || call.has(ADD_IDS) || call.has(REMOVE_NAMES) || call.has(REMOVE_IDS);
    }

    /** Protects a new volume as its container and the call want it. */
    static void joinNew(Draft draft, Volume volume, Call call) {
        var chosen = new LinkedHashSet<ProtectionGroup>();
        if (call.flag("with_default_protection").orElse(true)) {
            chosen.addAll(DefaultProtections.defaults(draft.objects(), volume.container()));
        }
        chosen.addAll(groups(draft.objects(), call, ADD_NAMES, ADD_IDS));
        chosen.forEach(group -> join(draft, group, volume));
    }

    /** Takes the volume out of the groups that the call names; to be done before it moves. */
    static void leave(Draft draft, Volume volume, Call call) {
        for (var group : groups(draft.objects(), call, REMOVE_NAMES, REMOVE_IDS)) {
            Memberships.remove(draft, group, volume, Volumes.fullName(draft.objects(), volume));
        }
    }

    /** Adds the volume to the groups that the call names; to be done after it has moved. */
    static void join(Draft draft, Volume volume, Call call) {
        groups(draft.objects(), call, ADD_NAMES, ADD_IDS).forEach(group -> join(draft, group, volume));
    }

    private static void join(Draft draft, ProtectionGroup group, Volume volume) {
        Memberships.add(draft, group, Kind.VOLUME, volume, Volumes.fullName(draft.objects(), volume));
    }

    /** Refuses to move a volume away from a group that it would still be a member of. */
    static void requireNone(Objects objects, Volume volume, String name) {
        if (!objects.membershipsOf(volume.id()).isEmpty()) {
            throw Refusal.of(name, ProtectionWording.VOLUME_IS_MEMBER);
        }
    }

    private static Set<ProtectionGroup> groups(Objects objects, Call call, String names, String ids) {
        var found = new LinkedHashSet<ProtectionGroup>();
        for (var name : call.list(names)) {
            found.add(ProtectionGroups.find(objects, name)
                    .orElseThrow(() -> Refusal.of(name, ProtectionWording.GROUP_MISSING)));
        }
        for (var id : call.list(ids)) {
            found.addAll(identified(objects, id));
        }
        return found;
    }

    private static List<ProtectionGroup> identified(Objects objects, String id) {
        return objects.protectionGroups().stream()
                .filter(group -> group.id().toString().equalsIgnoreCase(id))
                .findFirst()
                .map(List::of)
                .orElseThrow(() -> Refusal.of(id, ProtectionWording.GROUP_MISSING));
    }
}
