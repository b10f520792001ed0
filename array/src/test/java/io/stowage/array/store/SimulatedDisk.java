package io.stowage.array.store;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A disk that loses its power. What was written but not forced then survives as the {@link Loss} says:
 * dropped, torn at sectors of 512 bytes, reordered. The power goes at the n-th write, hole or force,
 * which may or may not have happened then.
 */
final class SimulatedDisk implements Disk {
    private static final int SECTOR = Format.SECTOR;

    private final SimulatedFile data;
    private final SimulatedFile metadata;
    private final boolean forgets;
    private long operations;
    private long cutAt = Long.MAX_VALUE;

    /** Which files lie about a force: they say it is done and do nothing. */
    enum Lie {
        NONE,
        DATA,
        METADATA,
        BOTH
    }

    SimulatedDisk(Lie lie) {
        this(lie, true);
    }

    /** @param forgets whether a hole reads as zeros; otherwise it shows what was there, and fresh sectors are dirty */
    SimulatedDisk(Lie lie, boolean forgets) {
        this.forgets = forgets;
        data = new SimulatedFile(lie == Lie.DATA || lie == Lie.BOTH);
        metadata = new SimulatedFile(lie == Lie.METADATA || lie == Lie.BOTH);
    }

    @Override
    public SimulatedFile data() {
        return data;
    }

    @Override
    public SimulatedFile metadata() {
        return metadata;
    }

    @Override
    public void close() {}

    /** How many writes, holes and forces there were. */
    long operations() {
        return operations;
    }

    /** Cuts the power at the n-th operation from now on, from 1. */
    void cutAt(long operation) {
        cutAt = operations + operation;
    }

    /** Brings the power back, with what survived of each unforced sector. */
    void restart(Random random) {
        Loss loss = Loss.values()[random.nextInt(Loss.values().length)];
        long moment = operations == 0 ? 0 : random.nextLong(operations);
        data.lose(loss == Loss.DATA_ONLY ? Loss.ALL : loss == Loss.METADATA_ONLY ? Loss.NOTHING : loss, moment, random);
        metadata.lose(
                loss == Loss.DATA_ONLY ? Loss.NOTHING : loss == Loss.METADATA_ONLY ? Loss.ALL : loss, moment, random);
        cutAt = Long.MAX_VALUE;
    }

    /** What a power cut takes. */
    private enum Loss {
        /** Every unforced write. */
        ALL,
        /** None. */
        NOTHING,
        /** All of the data file, none of the metadata. */
        DATA_ONLY,
        /** All of the metadata, none of the data file. */
        METADATA_ONLY,
        /** Everything after some moment. */
        LATEST,
        /** Of each sector on its own, everything after some write to it. */
        TORN
    }

    private void operate() {
        operations++;
        if (operations >= cutAt) {
            throw new PowerCut();
        }
    }

    private record Version(long operation, byte[] bytes) {}

    final class SimulatedFile implements BlockFile {
        private final boolean lies;
        private final Map<Long, byte[]> current = new HashMap<>();
        private final Map<Long, byte[]> forced = new HashMap<>();
        private final Map<Long, List<Version>> unforced = new HashMap<>();
        private long size;

        private SimulatedFile(boolean lies) {
            this.lies = lies;
        }

        @Override
        public boolean read(long position, ByteBuffer into) {
            requirePower();
            if (position + into.remaining() > size) {
                return false;
            }
            while (into.hasRemaining()) {
                int within = (int) (position % SECTOR);
                int length = Math.min(SECTOR - within, into.remaining());
                byte[] sector = current.get(position / SECTOR);
                into.put(sector == null ? fresh() : sector, within, length);
                position += length;
            }
            return true;
        }

        @Override
        public void write(long position, ByteBuffer from) {
            requirePower();
            while (from.hasRemaining()) {
                int within = (int) (position % SECTOR);
                int length = Math.min(SECTOR - within, from.remaining());
                byte[] sector = current.getOrDefault(position / SECTOR, fresh()).clone();
                from.get(sector, within, length);
                put(position / SECTOR, sector);
                position += length;
            }
            operate();
        }

        /** What nobody wrote: a store that showed it would be found out. */
        private byte[] fresh() {
            byte[] sector = new byte[SECTOR];
            if (!forgets && this == data) {
                Arrays.fill(sector, (byte) 0xEE);
            }
            return sector;
        }

        private void put(long index, byte[] sector) {
            current.put(index, sector);
            unforced.computeIfAbsent(index, key -> new ArrayList<>()).add(new Version(operations, sector));
            size = Math.max(size, (index + 1) * SECTOR);
        }

        @Override
        public void punch(long position, long length) {
            requirePower();
            for (long index = position / SECTOR; forgets && index < (position + length) / SECTOR; index++) {
                if (current.containsKey(index)) {
                    put(index, new byte[SECTOR]);
                }
            }
            operate();
        }

        @Override
        public void force() {
            requirePower();
            operate();
            if (!lies) {
                unforced.forEach((index, versions) ->
                        forced.put(index, versions.getLast().bytes()));
                unforced.clear();
            }
        }

        @Override
        public long size() {
            return size;
        }

        /** Damages a byte that is there. */
        void flip(long position) {
            byte[] sector =
                    current.getOrDefault(position / SECTOR, new byte[SECTOR]).clone();
            sector[(int) (position % SECTOR)] ^= 0x10;
            current.put(position / SECTOR, sector);
            forced.put(position / SECTOR, sector);
        }

        private void lose(Loss loss, long moment, Random random) {
            unforced.keySet().stream().sorted().forEach(index -> {
                List<Version> versions = unforced.getOrDefault(index, List.of());
                int kept = switch (loss) {
                    case NOTHING -> versions.size();
                    case LATEST ->
                        (int) versions.stream()
                                .filter(version -> version.operation() <= moment)
                                .count();
                    case TORN -> random.nextInt(versions.size() + 1);
                    default -> 0;
                };
                if (kept > 0) {
                    forced.put(index, versions.get(kept - 1).bytes());
                }
            });
            unforced.clear();
            current.clear();
            current.putAll(forced);
            size = forced.keySet().stream().mapToLong(index -> index + 1).max().orElse(0) * SECTOR;
        }

        private void requirePower() {
            if (operations >= cutAt) {
                throw new PowerCut();
            }
        }
    }
}
