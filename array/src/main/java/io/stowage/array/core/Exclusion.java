package io.stowage.array.core;

import java.io.IOException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Keeps what compares and then writes apart from all other writes to a unit, over all front ends and paths; ordinary
 * writes don't wait for one another. SBC-3, section 5.2; NVM Command Set 1.0, section 2.1.4.2.
 */
public final class Exclusion {
    private final ReadWriteLock lock = new ReentrantReadWriteLock();

    /** An ordinary write. */
    public interface Write {
        void run() throws IOException;
    }

    /** Work that no write may come between. */
    public interface Work<T> {
        T run() throws IOException;
    }

    /** Writes. */
    public void shared(Write write) throws IOException {
        Lock held = lock.readLock();
        held.lock();
        try {
            write.run();
        } finally {
            held.unlock();
        }
    }

    /** Works while nobody writes. */
    public <T> T alone(Work<T> work) throws IOException {
        Lock held = lock.writeLock();
        held.lock();
        try {
            return work.run();
        } finally {
            held.unlock();
        }
    }
}
