package io.stowage.array.scsi;

import io.stowage.array.core.LogicalUnit;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Keeps COMPARE AND WRITE apart from all other writes to a unit, over all paths; ordinary writes don't wait for one
 * another. Units share a fixed number of locks, so that nothing grows with the volumes that come and go.
 */
final class Exclusion {
    private static final int LOCKS = 64;

    private final ReadWriteLock[] locks = new ReadWriteLock[LOCKS];

    Exclusion() {
        Arrays.setAll(locks, i -> new ReentrantReadWriteLock());
    }

    /** An ordinary write. */
    interface Write {
        void run() throws IOException;
    }

    /** Work that no write may come between. */
    interface Work<T> {
        T run() throws IOException;
    }

    void shared(LogicalUnit unit, Write write) throws IOException {
        Lock lock = of(unit).readLock();
        lock.lock();
        try {
            write.run();
        } finally {
            lock.unlock();
        }
    }

    <T> T alone(LogicalUnit unit, Work<T> work) throws IOException {
        Lock lock = of(unit).writeLock();
        lock.lock();
        try {
            return work.run();
        } finally {
            lock.unlock();
        }
    }

    private ReadWriteLock of(LogicalUnit unit) {
        return locks[Math.floorMod(System.identityHashCode(unit), LOCKS)];
    }
}
