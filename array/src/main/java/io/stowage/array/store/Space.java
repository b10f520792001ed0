package io.stowage.array.store;

/**
 * What a store holds, in bytes. Space is counted in chunks of 64 KiB; what snapshots and clones share
 * counts once.
 *
 * @param capacity what volumes may use together
 * @param used what chunks in use take of it, with those that are still being given back
 * @param provisioned the sizes of all volumes and snapshots added up
 * @param written the blocks of 4 KiB that hold data added up over all volumes and snapshots: shared ones
 *     count for each
 * @param exclusive {@link StoredVolume#exclusiveBytes} added up over all volumes and snapshots
 */
public record Space(long capacity, long used, long provisioned, long written, long exclusive) {
    /** What can still be written, at least 0: the capacity may have been lowered below what is used. */
    public long free() {
        return Math.max(0, capacity - used);
    }

    /** What more than one volume or snapshot holds, and what is still being given back. */
    public long shared() {
        return used - exclusive;
    }
}
