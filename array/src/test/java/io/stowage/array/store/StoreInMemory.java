package io.stowage.array.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;

/** A store that no disk slows down, for tests that are not about durability. */
public final class StoreInMemory {
    private static final int CACHED_PAGES = 256;

    private StoreInMemory() {}

    public static DiskStore open(long capacityBytes) {
        return new Machine(capacityBytes).start();
    }

    /** A disk in memory, which outlives the stores that are started on it. */
    public static final class Machine {
        private final SimulatedDisk disk = new SimulatedDisk(SimulatedDisk.Lie.NONE);
        private final long capacityBytes;

        public Machine(long capacityBytes) {
            this.capacityBytes = capacityBytes;
        }

        public DiskStore start() {
            try {
                return DiskStore.open(disk, capacityBytes, CACHED_PAGES, HousekeepingByHand::new);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** What runs ends at once, and loses what wasn't durable yet. Nobody may use its store any more. */
        public void cutPower(Random random) {
            disk.restart(random);
        }

        /** As {@link StoreCheck#report(java.nio.file.Path)}. */
        public StoreReport report() {
            try {
                return StoreCheck.report(disk);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
