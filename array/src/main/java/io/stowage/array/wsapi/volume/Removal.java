package io.stowage.array.wsapi.volume;

import io.stowage.array.core.Draft;
import io.stowage.array.core.Objects;
import io.stowage.array.core.Volume;
import io.stowage.array.wsapi.rest.Problem;
import io.stowage.array.wsapi.task.Tasks;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Removes a volume, with the snapshots below it if they are to go too (section 6). */
record Removal(List<Volume> childrenFirst) {
    Removal {
        childrenFirst = List.copyOf(childrenFirst);
    }

    /**
     * What has to go, checked.
     *
     * @throws io.stowage.array.wsapi.rest.Refusal something must not go
     */
    static Removal of(Objects objects, Volume volume, boolean cascade, Instant now) {
        requireUnused(objects, volume);
        var children = objects.childrenOf(volume.id());
        if (!cascade && !children.isEmpty()) {
            throw children.stream().anyMatch(Volume::readOnly)
                    ? Problem.HAS_RO_CHILD.refusal()
                    : Problem.HAS_CHILD.refusal();
        }
        var all = tree(objects, volume);
        for (var one : all) {
            requireUnused(objects, one);
            Tasks.requireIdle(objects, one);
            if (Traits.of(one).isRetained(now)) {
                throw Problem.RETAINED.refusal();
            }
        }
        return new Removal(all);
    }

    private static void requireUnused(Objects objects, Volume volume) {
        if (Volumes.isExported(objects, volume)
                || !objects.setMembershipsOf(volume.id()).isEmpty()) {
            throw Problem.IN_USE.refusal();
        }
    }

    /** The volume and all below it, each before its parent. */
    private static List<Volume> tree(Objects objects, Volume volume) {
        var parentsFirst = new ArrayList<>(List.of(volume));
        for (int i = 0; i < parentsFirst.size(); i++) {
            parentsFirst.addAll(objects.childrenOf(parentsFirst.get(i).id()));
        }
        return parentsFirst.reversed();
    }

    void run(Draft draft) {
        childrenFirst.forEach(draft::eradicate);
    }
}
