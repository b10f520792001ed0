package io.stowage.array.store;

import java.util.Arrays;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The plain truth that a store is compared with: for each sector of each volume the stamps it may hold
 * after a crash now, the last of which is what a read must give now. Sectors not named hold 0.
 */
record StoreModel(NavigableMap<Long, Content> volumes) {
    private static final long[] ZERO = {0};

    StoreModel() {
        this(new TreeMap<>());
    }

    /** A volume of so many sectors. */
    record Content(int sectors, boolean readOnly, NavigableMap<Integer, long[]> stamps) {
        Content copy() {
            return new Content(sectors, readOnly, new TreeMap<>(stamps));
        }

        Content with(int newSectors, boolean newReadOnly) {
            NavigableMap<Integer, long[]> kept = new TreeMap<>(stamps.headMap(newSectors, false));
            return new Content(newSectors, newReadOnly, kept);
        }

        void write(int sector, long stamp) {
            long[] before = possible(sector);
            long[] after = Arrays.copyOf(before, before.length + 1);
            after[before.length] = stamp;
            stamps.put(sector, after);
        }

        void discard(int from, int to) {
            stamps.subMap(from, to).keySet().stream().toList().forEach(sector -> write(sector, 0));
        }

        long[] possible(int sector) {
            return stamps.getOrDefault(sector, ZERO);
        }

        long current(int sector) {
            long[] possible = possible(sector);
            return possible[possible.length - 1];
        }

        void settle() {
            stamps.replaceAll((sector, possible) -> new long[] {possible[possible.length - 1]});
            stamps.values().removeIf(possible -> possible[0] == 0);
        }
    }

    StoreModel copy() {
        StoreModel copy = new StoreModel();
        volumes.forEach((id, content) -> copy.volumes.put(id, content.copy()));
        return copy;
    }

    Content volume(long id) {
        return java.util.Objects.requireNonNull(volumes.get(id));
    }

    /** Everything is durable now. */
    void settle() {
        volumes.values().forEach(Content::settle);
    }
}
