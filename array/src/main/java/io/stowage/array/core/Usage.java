package io.stowage.array.core;

import io.stowage.array.store.DiskStore;
import io.stowage.array.store.Extent;
import io.stowage.array.store.Space;
import io.stowage.array.store.StoredVolume;
import java.util.List;

/** Figures of space, as of now. */
public final class Usage {
    private final DiskStore store;

    Usage(DiskStore store) {
        this.store = store;
    }

    /** Of the whole array, all personalities together. */
    public Space ofArray() {
        return store.space();
    }

    /** Bytes that hold data, shared with snapshots and clones or not; 0 for what has just been eradicated. */
    public long written(Volume volume) {
        return written(volume.stored());
    }

    public long written(Snapshot snapshot) {
        return written(snapshot.stored());
    }

    /**
     * Bytes of the array that would come back if the volume, without its snapshots, were eradicated; a multiple of 64
     * KiB. Cheap, as {@link #written} is: a listing may ask for each of its objects.
     */
    public long exclusive(Volume volume) {
        return exclusive(volume.stored());
    }

    /** Bytes of the array that would come back if this snapshot alone were eradicated; a multiple of 64 KiB. */
    public long exclusive(Snapshot snapshot) {
        return exclusive(snapshot.stored());
    }

    /**
     * Where a volume or snapshot may hold something else than another one: too much rather than too little, in blocks of
     * 4 KiB.
     *
     * @param stored number in the store
     * @param base number in the store
     * @param limit extents wanted at most
     */
    public List<Extent> differences(long stored, long base, long offset, long length, int limit) {
        return store.differences(stored, base, offset, length, limit);
    }

    /** Where a volume or snapshot holds data. */
    public List<Extent> allocated(long stored, long offset, long length, int limit) {
        return store.require(stored).allocated(offset, length, limit);
    }

    private long exclusive(long stored) {
        return store.find(stored).map(StoredVolume::exclusiveBytes).orElse(0L);
    }

    private long written(long stored) {
        return store.find(stored).map(StoredVolume::allocatedBytes).orElse(0L);
    }
}
