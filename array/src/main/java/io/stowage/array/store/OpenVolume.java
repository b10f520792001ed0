package io.stowage.array.store;

import java.util.concurrent.locks.ReentrantLock;

/**
 * A volume of the catalog while the store is open. The row changes under the metadata's lock and is read
 * without.
 */
final class OpenVolume {
    /** Held by a writer that maps or unmaps chunks of this volume, from its plan to its end. */
    final ReentrantLock mapping = new ReentrantLock();

    private volatile VolumeRow row;
    private volatile boolean deleted;

    OpenVolume(VolumeRow row) {
        this.row = row;
    }

    VolumeRow row() {
        return row;
    }

    void set(VolumeRow newRow) {
        row = newRow;
    }

    boolean isDeleted() {
        return deleted;
    }

    void setDeleted(boolean nowDeleted) {
        deleted = nowDeleted;
    }

    /** Whether a chunk or page of this birth belongs to this volume alone. */
    boolean owns(long birth) {
        return birth > row.sharedAt();
    }
}
