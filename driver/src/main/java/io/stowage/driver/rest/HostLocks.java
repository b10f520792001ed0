package io.stowage.driver.rest;

import io.stowage.driver.Initiator;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One lock for each initiator: two threads that unmap the last two volumes of a host at the same time would each see the
 * other's, and none would delete the host. Shared by all pools, as host objects are.
 */
public final class HostLocks {
    private final Map<String, ReentrantLock> locks = new ConcurrentHashMap<>();

    /** Given back by closing. */
    public interface Held extends AutoCloseable {
        @Override
        void close();
    }

    public Held hold(Initiator initiator) {
        var lock = locks.computeIfAbsent(initiator.qualifiedName().toLowerCase(Locale.ROOT), _ -> new ReentrantLock());
        lock.lock();
        return lock::unlock;
    }
}
