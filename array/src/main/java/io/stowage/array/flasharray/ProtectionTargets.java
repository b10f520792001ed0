package io.stowage.array.flasharray;

import io.stowage.array.core.Estate;
import java.util.List;

/** {@code /protection-groups/targets}: to where groups are replicated. No array is ever connected, so there are none. */
final class ProtectionTargets {
    private final Estate estate;
    private final ProtectionGroups groups;

    ProtectionTargets(Estate estate, ProtectionGroups groups) {
        this.estate = estate;
        this.groups = groups;
    }

    Answer list(Call call) {
        return estate.read(objects -> {
            Listing.named(groups, objects, call.list("group_names"));
            Listing.identified(groups, objects, call.list("group_ids"));
            for (var target : call.list("member_names")) {
                throw Refusal.of(target, ProtectionWording.NO_TARGET);
            }
            return Listing.page(new Rows(List::of, ProtectionWording.NO_TARGET), objects, call);
        });
    }

    /** Whatever target is named, there is no such array. */
    Answer refuse(Call call) {
        return estate.read(objects -> {
            Listing.named(groups, objects, call.list("group_names"));
            throw Refusal.of(call.requiredList("member_names").getFirst(), ProtectionWording.NO_TARGET);
        });
    }
}
