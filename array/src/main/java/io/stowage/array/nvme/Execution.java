package io.stowage.array.nvme;

import io.stowage.array.core.LogicalUnit;
import io.stowage.array.namespace.Ending;
import io.stowage.array.namespace.FusedPlan;
import io.stowage.array.namespace.Plan;
import io.stowage.array.net.Stage;
import io.stowage.nvme.command.Status;
import io.stowage.nvme.command.SubmissionEntry;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Carries out the commands of a queue whose data are there, and ends them: at once, or in the
 * {@link io.stowage.array.net.SlowLane}. May be used by several threads.
 */
final class Execution {
    private static final Logger LOG = System.getLogger(Execution.class.getName());

    /** There is no room for the command just now; the host tries again. Base 2.0, figure 94. */
    private static final Status INTERRUPTED = new Status(0x021);

    private static final ByteBuffer NO_DATA = ByteBuffer.allocate(0);

    private final Connection connection;
    private final Controller controller;
    private final int queue;
    private final Replies replies;
    private final Tasks tasks;
    private final Transfers transfers;

    /** @param queue its number, 0 for the admin queue */
    Execution(
            Connection connection,
            Controller controller,
            int queue,
            Replies replies,
            Tasks tasks,
            Transfers transfers) {
        this.connection = connection;
        this.controller = controller;
        this.queue = queue;
        this.replies = replies;
        this.tasks = tasks;
        this.transfers = transfers;
    }

    /** Work that sends. */
    private interface Step {
        void run() throws IOException;
    }

    // ---- Endings

    /** Ends a command that no task stands for. */
    void end(SubmissionEntry entry, Ending ending) throws IOException {
        if (!ending.status().isSuccess()) {
            controller.service().failed(queue, Asked.of(entry, queue == 0).failed(ending.status()));
        }
        replies.end(entry.commandId(), ending);
    }

    void end(SubmissionEntry entry, Status status) throws IOException {
        end(entry, Ending.of(status));
    }

    /** Answers the command of a task, which has ended. */
    void end(Task task, Ending ending) throws IOException {
        if (!ending.status().isSuccess()) {
            controller.service().failed(queue, task.asked().failed(ending.status()));
        }
        replies.end(task.tag(), ending);
    }

    private void end(Task task, Status status) throws IOException {
        end(task, Ending.of(status));
    }

    // ---- Commands without data from the host

    /** Answers at once. */
    void answer(SubmissionEntry entry, Plan plan) throws IOException {
        Status status = send(entry.commandId(), plan);
        if (!status.isSuccess()) {
            end(entry, status);
        }
    }

    /** Success, with what the plan has for the host; or why not, unsaid. */
    private Status send(int id, Plan plan) throws IOException {
        return switch (plan) {
            case Plan.Refuse(Status status) -> status;
            case Plan.Send send -> {
                replies.send(id, send);
                yield Status.SUCCESS;
            }
            case Plan.Read read -> replies.read(id, read);
            case Plan.Run run -> throw new IllegalStateException("not to be run here: " + run);
        };
    }

    /** Waits on a thread of its own: meanwhile the connection serves other commands. */
    void answerLate(Task task) {
        tasks.add(task);
        tasks.move(task, Stage.COLLECTING, Stage.QUEUED);
        later(task.trouble().delay(), () -> {
            tasks.end(task);
            if (task.doom().isPresent()) {
                end(task, task.doom().get());
            } else if (task.trouble().drop()) {
                drop();
            } else {
                Status status = send(task.tag(), task.plan());
                if (!status.isSuccess()) {
                    end(task, status);
                }
            }
        });
    }

    private void later(Duration delay, Step step) {
        inBackground(() -> {
            Thread.sleep(delay);
            step.run();
            replies.flush();
        });
    }

    /** Work that may wait, and sends. */
    private interface Patient {
        void run() throws IOException, InterruptedException;
    }

    private void inBackground(Patient work) {
        Thread.ofVirtual().start(() -> {
            try {
                work.run();
            } catch (IOException | InterruptedException e) {
                LOG.log(Level.DEBUG, connection.peer() + ": answer not sent", e);
                connection.close();
            }
        });
    }

    // ---- Commands with data

    /** Has a task wait for room, and then for its data. */
    void collect(Task task) throws IOException {
        transfers.enqueue(task);
        request();
    }

    /** Asks for the data of commands for which there is room now. */
    private void request() throws IOException {
        for (Transfers.Request next : transfers.begin()) {
            replies.requestData(next.task().tag(), next.tag(), next.task().wanted());
        }
        for (Optional<Task> hopeless = transfers.takeHopeless();
                hopeless.isPresent();
                hopeless = transfers.takeHopeless()) {
            Task task = hopeless.get();
            if (task.pair().isPresent()) {
                tasks.doom(one -> one == task, INTERRUPTED);
                begin(task.pair().get(), task, NO_DATA);
            } else {
                tasks.end(task);
                end(task, INTERRUPTED);
            }
        }
    }

    /** Carries out a task whose data are there. */
    void begin(Task task, ByteBuffer data) throws IOException {
        if (task.pair().isPresent()) {
            begin(task.pair().get(), task, data);
        } else if (task.trouble().delay().isPositive()) {
            tasks.move(task, Stage.COLLECTING, Stage.QUEUED);
            later(task.trouble().delay(), () -> offer(task, data));
        } else if (task.isQuick()) {
            runHere(task, data);
        } else {
            tasks.move(task, Stage.COLLECTING, Stage.QUEUED);
            offer(task, data);
        }
    }

    private void runHere(Task task, ByteBuffer data) throws IOException {
        if (tasks.move(task, Stage.COLLECTING, Stage.RUNNING)) {
            Ending ending = run(task, data);
            finish(task);
            if (task.trouble().drop()) {
                drop();
            }
            end(task, ending);
        } else {
            finish(task);
            end(task, task.doom().orElse(Status.ABORT_REQUESTED));
        }
        request(); // there may be room again
    }

    private void offer(Task task, ByteBuffer data) throws IOException {
        if (!connection.surroundings().slowLane().offer(() -> runSlowly(task, data))) {
            finish(task);
            end(task, INTERRUPTED);
        }
    }

    private void runSlowly(Task task, ByteBuffer data) {
        if (!tasks.move(task, Stage.QUEUED, Stage.RUNNING)) {
            deliver(task, Ending.of(task.doom().orElse(Status.ABORT_REQUESTED)));
            return;
        }
        Ending ending = Ending.of(Status.INTERNAL_ERROR);
        try {
            ending = run(task, data);
        } finally {
            deliver(task, ending);
        }
    }

    /** Answers on a thread of its own, so that a peer that doesn't read holds up no worker. */
    private void deliver(Task task, Ending ending) {
        finish(task);
        inBackground(() -> {
            if (task.trouble().drop()) {
                drop();
            }
            end(task, ending);
            request();
            replies.flush();
        });
    }

    private Ending run(Task task, ByteBuffer data) {
        if (!(task.plan() instanceof Plan.Run run)) {
            throw new IllegalStateException("nothing to run in " + task.plan());
        }
        long begun = System.nanoTime();
        Ending ending = run.action().run(data);
        if (run.unit().isPresent()) {
            count(run.unit().get(), run.written(), ending, begun);
        }
        return ending;
    }

    private void count(LogicalUnit unit, int written, Ending ending, long begun) {
        if (written > 0 && ending.status().isSuccess()) {
            controller.service().meter().wrote(unit, written, System.nanoTime() - begun);
        }
    }

    /** It can't touch the unit any more; its buffer goes back. */
    private void finish(Task task) {
        transfers.release(task);
        tasks.end(task);
    }

    // ---- Fused commands

    private void begin(FusedPair pair, Task task, ByteBuffer data) throws IOException {
        if (!pair.complete(task, data)) {
            return;
        }
        pair.tasks().forEach(one -> tasks.move(one, Stage.COLLECTING, Stage.QUEUED));
        if (pair.delay().isPositive()) {
            later(pair.delay(), () -> offer(pair));
        } else {
            offer(pair);
        }
    }

    private void offer(FusedPair pair) throws IOException {
        if (!connection.surroundings().slowLane().offer(() -> runSlowly(pair))) {
            for (Task task : pair.tasks()) {
                finish(task);
                end(task, INTERRUPTED);
            }
        }
    }

    private void runSlowly(FusedPair pair) {
        boolean mayRun = tasks.move(pair.first(), Stage.QUEUED, Stage.RUNNING)
                && tasks.move(pair.second(), Stage.QUEUED, Stage.RUNNING);
        Ending failed = Ending.of(Status.INTERNAL_ERROR);
        FusedPlan.Endings endings = new FusedPlan.Endings(failed, failed);
        long begun = System.nanoTime();
        try {
            endings = mayRun ? pair.run() : pair.undone();
            count(pair.plan().unit(), pair.plan().written(), endings.second(), begun);
        } finally {
            deliver(pair.first(), endings.first());
            deliver(pair.second(), endings.second());
        }
    }

    // ---- Ends before their time

    /** Ends a command that has not begun, as the host wants. */
    boolean abort(int id) {
        Optional<Task> task = tasks.find(id);
        return task.isPresent()
                && task.get().stage() == Stage.QUEUED
                && tasks.doom(one -> one == task.get(), Status.ABORT_REQUESTED).isEmpty();
    }

    /** Ends commands that touch a unit, and returns when none of them can any more. */
    void abort(LogicalUnit unit, Status status) {
        tasks.awaitEnd(tasks.doom(task -> task.touches(unit), status));
    }

    /** Returns when nothing is under way any more of what is carried out now. */
    void awaitEndOfWork() {
        tasks.awaitEnd(tasks.working());
    }

    /** Ends everything, and returns when nothing can touch a unit any more. The connection's thread reads no more. */
    void bringToRest() {
        List<Task> begun = tasks.doom(task -> true, Status.QUEUE_DELETED);
        tasks.awaitEnd(begun);
        transfers.close();
        // What was whole, but not what it was fused with, nobody carries out any more.
        tasks.collecting().forEach(this::finish);
    }

    /** A connection that is closed in place of an answer. */
    void drop() throws IOException {
        replies.flush();
        connection.close();
        throw new ClosedChannelException();
    }
}
