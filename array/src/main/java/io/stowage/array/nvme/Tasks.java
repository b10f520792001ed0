package io.stowage.array.nvme;

import io.stowage.nvme.command.Status;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/** The commands of a queue that are under way, by their identifiers. Every method takes the lock. */
final class Tasks {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();
    private final Map<Integer, Task> underWay = new HashMap<>();

    int count() {
        lock.lock();
        try {
            return underWay.size();
        } finally {
            lock.unlock();
        }
    }

    Optional<Task> find(int id) {
        lock.lock();
        try {
            return Optional.ofNullable(underWay.get(id));
        } finally {
            lock.unlock();
        }
    }

    void add(Task task) {
        lock.lock();
        try {
            underWay.put(task.id(), task);
        } finally {
            lock.unlock();
        }
    }

    /** Moves a task on; false if it isn't where the caller thinks, or, on its way to run, is to end otherwise. */
    boolean move(Task task, Task.State from, Task.State to) {
        lock.lock();
        try {
            if (task.state() != from || to == Task.State.RUNNING && task.doom().isPresent()) {
                return false;
            }
            task.enter(to);
            if (to == Task.State.ENDED) {
                underWay.remove(task.id(), task);
                ended.signalAll();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Ends a task wherever it stands. */
    void end(Task task) {
        lock.lock();
        try {
            move(task, task.state(), Task.State.ENDED);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Has tasks end with this status if they have not begun.
     *
     * @return those that have: they may touch their units at this moment
     */
    List<Task> doom(Predicate<Task> which, Status status) {
        lock.lock();
        try {
            List<Task> begun = new ArrayList<>();
            for (Task task : underWay.values()) {
                if (which.test(task)) {
                    if (task.state() == Task.State.RUNNING) {
                        begun.add(task);
                    } else {
                        task.doom(status);
                    }
                }
            }
            return begun;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until none of these can touch its unit any more. */
    void awaitEnd(List<Task> waitedFor) {
        lock.lock();
        try {
            while (!waitedFor.stream().allMatch(task -> task.state() == Task.State.ENDED)) {
                ended.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Those whose data are there. */
    List<Task> working() {
        return in(Set.of(Task.State.QUEUED, Task.State.RUNNING));
    }

    /** Those whose data have not all come, or not those of the command they are fused with. */
    List<Task> collecting() {
        return in(Set.of(Task.State.COLLECTING));
    }

    private List<Task> in(Set<Task.State> states) {
        lock.lock();
        try {
            return underWay.values().stream()
                    .filter(task -> states.contains(task.state()))
                    .toList();
        } finally {
            lock.unlock();
        }
    }
}
