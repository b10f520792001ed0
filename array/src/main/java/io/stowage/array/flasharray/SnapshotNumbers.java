package io.stowage.array.flasharray;

import io.stowage.array.core.Draft;
import io.stowage.array.core.Objects;
import io.stowage.array.core.Snapshot;
import io.stowage.array.core.Volume;
import java.util.HashMap;
import java.util.regex.Pattern;

/** Numbers the snapshots that nobody has named. A number is never used again, whatever has become of its snapshot. */
final class SnapshotNumbers {
    private static final String LAST = "snapshot.last";
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

    private SnapshotNumbers() {}

    /** The next number of this volume, which remembers it: the caller's volume is out of date afterwards. */
    static String next(Draft draft, Volume volume) {
        var number = Long.toString(last(draft.objects(), volume) + 1);
        var attributes = new HashMap<>(volume.attributes());
        attributes.put(LAST, number);
        draft.put(volume.withAttributes(attributes));
        return number;
    }

    private static long last(Objects objects, Volume volume) {
        var highest = objects.snapshotsOf(volume.id()).stream()
                .map(Snapshot::name)
                .filter(name -> NUMBER.matcher(name).matches())
                .mapToLong(Long::parseLong)
                .max()
                .orElse(0);
        return Math.max(highest, Long.parseLong(volume.attributes().getOrDefault(LAST, "0")));
    }
}
