package io.stowage.array.store;

/**
 * What a store holds, in bytes. Space is counted in chunks of 64 KiB; what snapshots and clones share
 * counts once.
 *
 * @param capacity what volumes may use together
 * @param used what chunks in use take of it, with those that are still being given back
 * @param provisioned the sizes of all volumes and snapshots added up
 */
public record Space(long capacity, long used, long provisioned) {
    /** What can still be written, at least 0: the capacity may have been lowered below what is used. */
    public long free() {
        return Math.max(0, capacity - used);
    }
}
