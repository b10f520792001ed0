package io.stowage.array.nvme;

import io.stowage.array.net.Stage;
import io.stowage.array.net.TaskTable;
import io.stowage.nvme.command.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The commands of a queue that are under way, by their identifiers. */
final class Tasks extends TaskTable<Task> {
    /** One that is to end otherwise doesn't run. */
    @Override
    protected boolean mayEnter(Task task, Stage next) {
        return next != Stage.RUNNING || task.doom().isEmpty();
    }

    /** Ends a task wherever it stands. */
    void end(Task task) {
        lock().lock();
        try {
            move(task, task.stage(), Stage.ENDED);
        } finally {
            lock().unlock();
        }
    }

    /**
     * Has tasks end with this status if they have not begun.
     *
     * @return those that have: they may touch their units at this moment
     */
    List<Task> doom(Predicate<Task> which, Status status) {
        lock().lock();
        try {
            List<Task> begun = new ArrayList<>();
            for (Task task : which(which)) {
                if (task.stage() == Stage.RUNNING) {
                    begun.add(task);
                } else {
                    task.doom(status);
                }
            }
            return begun;
        } finally {
            lock().unlock();
        }
    }

    /** Those whose data are there. */
    List<Task> working() {
        return which(task -> task.stage() == Stage.QUEUED || task.stage() == Stage.RUNNING);
    }

    /** Those whose data have not all come, or not those of the command they are fused with. */
    List<Task> collecting() {
        return which(task -> task.stage() == Stage.COLLECTING);
    }
}
