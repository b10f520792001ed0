package io.stowage.array.iscsi;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * The commands of a session that are under way, by initiator task tag. Owns the session's lock, which every method
 * takes; hold it to do several things at once.
 */
final class Tasks {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();
    private final Map<Integer, Task> underWay = new HashMap<>();
    /** Aborted while they collected data: the connection's thread may be reading into their buffers just now. */
    private final Deque<Task> leftOver = new ArrayDeque<>();

    /** What guards everything that is counted in a session. */
    ReentrantLock lock() {
        return lock;
    }

    int count() {
        lock.lock();
        try {
            return underWay.size();
        } finally {
            lock.unlock();
        }
    }

    Optional<Task> find(int tag) {
        lock.lock();
        try {
            return Optional.ofNullable(underWay.get(tag));
        } finally {
            lock.unlock();
        }
    }

    /** The task with this tag, if it still waits for data. */
    Optional<Task> findCollecting(int tag) {
        lock.lock();
        try {
            return find(tag).filter(task -> task.state() == Task.State.COLLECTING);
        } finally {
            lock.unlock();
        }
    }

    void add(Task task) {
        lock.lock();
        try {
            underWay.put(task.tag(), task);
        } finally {
            lock.unlock();
        }
    }

    /** Moves a task on; false if it isn't where the caller thinks, as it was aborted. */
    boolean move(Task task, Task.State from, Task.State to) {
        lock.lock();
        try {
            if (task.state() != from) {
                return false;
            }
            task.enter(to);
            if (to == Task.State.ENDED) {
                underWay.remove(task.tag(), task);
                ended.signalAll();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Aborts tasks: they get no response. Those that have not begun end here, the others by themselves soon.
     *
     * @return all tasks that were aborted, in any state
     */
    List<Task> abort(Predicate<Task> which) {
        lock.lock();
        try {
            List<Task> aborted = underWay.values().stream().filter(which).toList();
            aborted.forEach(this::abort);
            return aborted;
        } finally {
            lock.unlock();
        }
    }

    /** Whether all of these can't touch their units any more. */
    boolean haveEnded(List<Task> waitedFor) {
        lock.lock();
        try {
            return waitedFor.stream().allMatch(task -> task.state() == Task.State.ENDED);
        } finally {
            lock.unlock();
        }
    }

    /** Waits until none of these can touch its unit any more. */
    void awaitEnd(List<Task> waitedFor) {
        lock.lock();
        try {
            while (!haveEnded(waitedFor)) {
                ended.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Tasks whose buffers nobody uses any more; asked by the connection's thread only. */
    List<Task> takeLeftOvers() {
        lock.lock();
        try {
            if (leftOver.isEmpty()) {
                return List.of();
            }
            List<Task> taken = new ArrayList<>(leftOver);
            leftOver.clear();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    private void abort(Task task) {
        task.abort();
        switch (task.state()) {
            case COLLECTING -> {
                move(task, Task.State.COLLECTING, Task.State.ENDED);
                leftOver.add(task);
            }
            // The slow lane finds it ended and gives its buffer back.
            case QUEUED -> move(task, Task.State.QUEUED, Task.State.ENDED);
            case RUNNING, ENDED -> {}
        }
    }
}
