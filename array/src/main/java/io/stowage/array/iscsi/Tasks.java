package io.stowage.array.iscsi;

import io.stowage.array.net.Stage;
import io.stowage.array.net.TaskTable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The commands of a session that are under way, by initiator task tag. Owns the session's lock. */
final class Tasks extends TaskTable<Task> {
    /** Aborted while they collected data: the connection's thread may be reading into their buffers just now. */
    private final Deque<Task> leftOver = new ArrayDeque<>();

    /** The task with this tag, if it still waits for data. */
    Optional<Task> findCollecting(int tag) {
        lock().lock();
        try {
            return find(tag).filter(task -> task.stage() == Stage.COLLECTING);
        } finally {
            lock().unlock();
        }
    }

    /** An aborted task has ended or runs to its end. */
    @Override
    protected boolean mayEnter(Task task, Stage next) {
        return true;
    }

    /**
     * Aborts tasks: they get no response. Those that have not begun end here, the others by themselves soon.
     *
     * @return all tasks that were aborted, at any stage
     */
    List<Task> abort(Predicate<Task> which) {
        lock().lock();
        try {
            List<Task> aborted = which(which);
            aborted.forEach(this::abort);
            return aborted;
        } finally {
            lock().unlock();
        }
    }

    private void abort(Task task) {
        task.abort();
        switch (task.stage()) {
            case COLLECTING -> {
                move(task, Stage.COLLECTING, Stage.ENDED);
                leftOver.add(task);
            }
            // The slow lane finds it ended and gives its buffer back.
            case QUEUED -> move(task, Stage.QUEUED, Stage.ENDED);
            case RUNNING, ENDED -> {}
        }
    }

    /** Tasks whose buffers nobody uses any more; asked by the connection's thread only. */
    List<Task> takeLeftOvers() {
        lock().lock();
        try {
            if (leftOver.isEmpty()) {
                return List.of();
            }
            List<Task> taken = new ArrayList<>(leftOver);
            leftOver.clear();
            return taken;
        } finally {
            lock().unlock();
        }
    }
}
