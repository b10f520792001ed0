package io.stowage.array.flasharray;

import io.stowage.array.core.Draft;
import io.stowage.array.core.Volume;

/**
 * What the array keeps by itself when a volume is overwritten or truncated: a snapshot of what it held before, destroyed
 * from the beginning, so that it can be recovered for as long as other destroyed objects can.
 */
final class Undo {
    private final Identity identity;

    Undo(Identity identity) {
        this.identity = identity;
    }

    /** Keeps the content, and returns the volume as it is now. */
    Volume keep(Draft draft, Volume volume) {
        var number = SnapshotNumbers.next(draft, volume);
        var snapshot = draft.snapshot(volume, number, identity.nextSerial(draft));
        draft.destroy(snapshot, SafeMode.end(draft, snapshot));
        return draft.objects().volume(volume.id()).orElseThrow();
    }
}
