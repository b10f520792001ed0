package io.stowage.array.store;

import java.io.IOException;
import java.io.UncheckedIOException;

/** A store that no disk slows down, for tests that are not about durability. */
public final class StoreInMemory {
    private static final int CACHED_PAGES = 256;

    private StoreInMemory() {}

    public static DiskStore open(long capacityBytes) {
        try {
            return DiskStore.open(
                    new SimulatedDisk(SimulatedDisk.Lie.NONE), capacityBytes, CACHED_PAGES, HousekeepingByHand::new);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
