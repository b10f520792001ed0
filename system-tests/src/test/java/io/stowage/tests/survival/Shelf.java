package io.stowage.tests.survival;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The volumes of one client as they should be, by name. Never changed; an operation leads to another one.
 *
 * @param volumes name to volume
 */
record Shelf(Map<String, Kept> volumes) {
    static final Shelf EMPTY = new Shelf(Map.of());

    Shelf {
        volumes = Map.copyOf(volumes);
    }

    /**
     * A volume.
     *
     * @param mebibytes its size
     * @param mark what was written to it last; 0: nothing
     * @param snapshots name to mark
     */
    record Kept(int mebibytes, long mark, Map<String, Long> snapshots) {
        Kept {
            snapshots = Map.copyOf(snapshots);
        }

        Kept marked(long other) {
            return new Kept(mebibytes, other, snapshots);
        }

        Kept sized(int other) {
            return new Kept(other, mark, snapshots);
        }

        Kept with(String snapshot) {
            Map<String, Long> more = new TreeMap<>(snapshots);
            more.put(snapshot, mark);
            return new Kept(mebibytes, mark, more);
        }

        Kept without(String snapshot) {
            Map<String, Long> less = new TreeMap<>(snapshots);
            less.remove(snapshot);
            return new Kept(mebibytes, mark, less);
        }
    }

    Optional<Kept> find(String name) {
        return Optional.ofNullable(volumes.get(name));
    }

    Kept get(String name) {
        return find(name).orElseThrow();
    }

    Shelf with(String name, Kept volume) {
        Map<String, Kept> more = new TreeMap<>(volumes);
        more.put(name, volume);
        return new Shelf(more);
    }

    Shelf without(String name) {
        Map<String, Kept> less = new TreeMap<>(volumes);
        less.remove(name);
        return new Shelf(less);
    }

    /** What a list shows of it: names, sizes and snapshots. */
    Map<String, String> shown() {
        Map<String, String> shown = new TreeMap<>();
        volumes.forEach((name, kept) -> shown.put(
                name,
                kept.mebibytes() + "MiB "
                        + kept.snapshots().keySet().stream().sorted().toList()));
        return shown;
    }
}
