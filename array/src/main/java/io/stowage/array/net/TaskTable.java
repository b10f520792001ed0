package io.stowage.array.net;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * The commands of a session or queue that are under way, by their tags. Every method takes the lock; hold it to do
 * several things at once.
 */
public abstract class TaskTable<T extends UnderWay> {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();
    private final Map<Integer, T> underWay = new HashMap<>();

    /** What guards everything that is counted in a session or queue. */
    public final ReentrantLock lock() {
        return lock;
    }

    /** How many there are. */
    public final int count() {
        lock.lock();
        try {
            return underWay.size();
        } finally {
            lock.unlock();
        }
    }

    public final Optional<T> find(int tag) {
        lock.lock();
        try {
            return Optional.ofNullable(underWay.get(tag));
        } finally {
            lock.unlock();
        }
    }

    public final void add(T task) {
        lock.lock();
        try {
            underWay.put(task.tag(), task);
        } finally {
            lock.unlock();
        }
    }

    /** Moves a task on; false if it isn't where the caller thinks, or must not go there. */
    public final boolean move(T task, Stage from, Stage to) {
        lock.lock();
        try {
            if (task.stage() != from || !mayEnter(task, to)) {
                return false;
            }
            task.enter(to);
            if (to == Stage.ENDED) {
                underWay.remove(task.tag(), task);
                ended.signalAll();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Whether nothing else keeps a task from its next stage; asked under the lock. */
    protected abstract boolean mayEnter(T task, Stage next);

    /** Those that are so now. */
    public final List<T> which(Predicate<T> condition) {
        lock.lock();
        try {
            return underWay.values().stream().filter(condition).toList();
        } finally {
            lock.unlock();
        }
    }

    /** Whether all of these can't touch their units any more. */
    public final boolean haveEnded(Collection<T> waitedFor) {
        lock.lock();
        try {
            return waitedFor.stream().allMatch(task -> task.stage() == Stage.ENDED);
        } finally {
            lock.unlock();
        }
    }

    /** Waits until none of these can touch its unit any more. */
    public final void awaitEnd(Collection<T> waitedFor) {
        lock.lock();
        try {
            while (!haveEnded(waitedFor)) {
                ended.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }
}
