package io.stowage.array.wsapi.volume;

import io.stowage.array.core.Draft;
import io.stowage.array.core.Objects;
import io.stowage.array.core.Volume;
import io.stowage.array.core.VolumePlace;
import io.stowage.array.wsapi.rest.Problem;
import io.stowage.array.wsapi.task.TaskKind;
import io.stowage.array.wsapi.task.Tasks;
import java.util.Optional;

/** Finds volumes, and says what may be done with them. */
public final class Volumes {
    /** As many as the largest systems have. */
    private static final int MOST = 131_072;

    private Volumes() {}

    /** Where every volume is: there are no other places here. */
    static VolumePlace place(String name) {
        return VolumePlace.outsideOfGroups(Optional.empty(), name);
    }

    public static Optional<Volume> find(Objects objects, String name) {
        return objects.volume(place(name));
    }

    /**
     * The volume of this name.
     *
     * @throws io.stowage.array.wsapi.rest.Refusal there is none
     */
    public static Volume require(Objects objects, String name) {
        return find(objects, name).orElseThrow(Problem.NON_EXISTENT_VOL::refusal);
    }

    /** Requires that there may be another volume, of this name. */
    static void requireFree(Draft draft, String name) {
        if (find(draft.objects(), name).isPresent()) {
            throw Problem.EXISTENT_VOL.refusal();
        }
        if (draft.objects().volumes().size() >= MOST) {
            throw Problem.TOO_MANY.refusal();
        }
    }

    /** The {@code id} of a volume, 0 or more. */
    public static int number(Volume volume) {
        return Traits.of(volume).number();
    }

    static boolean isSnapshot(Volume volume) {
        return volume.parent().isPresent();
    }

    /** The volume at the root of the snapshot's tree, or the volume itself. */
    static Volume base(Objects objects, Volume volume) {
        var base = volume;
        while (base.parent().isPresent()) {
            base = objects.volume(base.parent().get()).orElseThrow();
        }
        return base;
    }

    public static boolean isExported(Objects objects, Volume volume) {
        return !objects.connectionsOfVolume(volume.id()).isEmpty();
    }

    /** Whether an offline copy or promotion is being written to it: then it can't be exported or copied from. */
    public static boolean isCopyTarget(Objects objects, Volume volume) {
        return objects.jobsOn(volume.id()).stream().anyMatch(task -> Filling.isOn(task, volume));
    }

    static void requireNotCopyTarget(Objects objects, Volume volume) {
        if (isCopyTarget(objects, volume)) {
            throw Problem.VV_IS_BUSY.refusal();
        }
    }

    /** The source of a physical copy that is still there. */
    static Optional<Volume> copiedFrom(Objects objects, Volume volume) {
        return Traits.of(volume).copiedFrom().flatMap(objects::volume);
    }

    /** Whether it is a physical copy, done or being made. */
    static boolean isPhysicalCopy(Objects objects, Volume volume) {
        return copiedFrom(objects, volume).isPresent()
                || Tasks.active(objects, volume, TaskKind.VV_COPY)
                        .filter(task -> Filling.isOn(task, volume))
                        .isPresent();
    }
}
