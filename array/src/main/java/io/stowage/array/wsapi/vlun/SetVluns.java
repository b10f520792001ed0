package io.stowage.array.wsapi.vlun;

import io.stowage.array.core.Draft;
import io.stowage.array.core.Objects;
import io.stowage.array.core.SetExport;
import io.stowage.array.core.Volume;
import io.stowage.array.core.VolumeSet;
import io.stowage.array.wsapi.rest.Problem;
import io.stowage.array.wsapi.set.VolumeSets;
import io.stowage.array.wsapi.volume.Volumes;

/** Volume sets as hosts see them: each volume at a LUN of its own, from the export's on. */
public final class SetVluns implements VolumeSets.SetExports {
    @Override
    public boolean isExported(Objects objects, VolumeSet set) {
        return !objects.exportsOfSet(set.id()).isEmpty();
    }

    /** Those to whom the set is exported see the volume from now on, at the lowest LUN that is free. */
    @Override
    public void joined(Draft draft, VolumeSet set, Volume volume) {
        for (var export : draft.objects().exportsOfSet(set.id())) {
            show(draft, export, volume);
        }
    }

    /**
     * Makes a volume of the exported set visible.
     *
     * @throws io.stowage.array.wsapi.rest.Refusal somebody sees it already, or no LUN is free
     */
    static void show(Draft draft, SetExport export, Volume volume) {
        var objects = draft.objects();
        var audience = Audience.of(objects, export);
        requireExportable(objects, volume);
        if (audience.sees(objects, volume)) {
            throw Problem.OTHER.refusal();
        }
        var lun = Luns.from(export.lun(), audience.isNvme(objects))
                .lowestFree(audience.luns(objects))
                .orElseThrow(Problem.EXISTENT_LUN::refusal);
        draft.connect(export, volume, lun);
    }

    static void requireExportable(Objects objects, Volume volume) {
        if (Volumes.isCopyTarget(objects, volume)) {
            throw Problem.VLUN_PCOPY_TARGET.refusal();
        }
    }
}
