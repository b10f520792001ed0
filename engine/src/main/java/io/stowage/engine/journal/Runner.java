package io.stowage.engine.journal;

import io.stowage.database.OperationRow;
import io.stowage.database.Transaction;
import io.stowage.engine.OperationProgress;
import io.stowage.engine.OperationState;
import io.stowage.engine.Refused;
import io.stowage.engine.Started;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Does one piece of work to its end: done, or undone. */
final class Runner<T extends @Nullable Object> implements Started<T>, Steps, Runnable {
    private static final System.Logger LOG = System.getLogger(Runner.class.getName());

    /** How often at most it is told how far a step is. */
    private static final Duration REPORTS = Duration.ofMillis(500);

    private final Journal journal;
    private final Work<T> work;
    private final OperationRow row;
    private final boolean again;
    private final CompletableFuture<T> result = new CompletableFuture<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    /** Where it stands among others; taken only when what was begun before has taken its own. */
    private final Leases.@Nullable Turn turn;

    private volatile boolean cancelled;
    /** Why it did not end well; told when nothing more is done about it here. */
    private @Nullable Throwable failure;

    private String progress;
    private Map<String, String> remembered;
    private int step;
    private boolean pastReturn;
    private String passing = "";
    private long passingSince;
    private long reportedAt = System.nanoTime() - REPORTS.toNanos();

    /** @param again whether it was begun before, by a server that is gone or before the array was out of reach */
    Runner(Journal journal, Work<T> work, OperationRow row, boolean again) {
        this.journal = journal;
        this.work = work;
        this.row = row;
        this.again = again;
        this.progress = row.progress();
        this.remembered = work.entry().input();
        this.turn = again || journal.isOpen() ? journal.leases().queue(work.locks()) : null;
    }

    @Override
    public UUID id() {
        return row.id();
    }

    @Override
    public T await() {
        try {
            return result.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException failure ? Failures.of(failure) : e;
        }
    }

    void cancel() {
        cancelled = true;
    }

    /** Waits until nothing more is done about it here. */
    void join() {
        join(Duration.ofDays(1));
    }

    void join(Duration limit) {
        try {
            boolean inTime = ended.await(limit.toMillis(), TimeUnit.MILLISECONDS);
            LOG.log(Level.TRACE, "Waited for {0}: {1}", row.id(), inTime);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void run() {
        try {
            if (again) {
                journal.haltIfClosing();
            } else {
                journal.awaitOpen();
            }
            try (Leases.Turn mine = turn == null ? journal.leases().queue(work.locks()) : turn) {
                journal.leases().hold(mine, row.id(), this::settle);
            }
        } catch (RuntimeException e) {
            // The leases could not be had: nothing was done.
            failed(Failures.of(e));
        } catch (Halt halt) {
            LOG.log(Level.INFO, "Operation {0} is left for later: {1}", row.id(), halt.getMessage());
            failure = new Refused(Refused.Kind.UNAVAILABLE, "The server stopped before the work was finished", halt);
        } catch (Error e) {
            failure = e;
            throw e;
        } finally {
            if (turn != null) {
                turn.close();
            }
            journal.ended(row.id());
            ended.countDown();
            if (failure != null) {
                result.completeExceptionally(failure);
            }
        }
    }

    private void settle() {
        OperationState state = OperationState.valueOf(row.state());
        if (state == OperationState.UNDOING) {
            undo(recordedFailure());
            return;
        }
        if (again && !work.survivesRestart()) {
            failed(new Refused(Refused.Kind.FAILED, "The server was restarted meanwhile"));
            return;
        }
        T outcome;
        try {
            work.run(this);
            outcome = finish();
        } catch (RuntimeException e) {
            failed(Failures.of(e));
            return;
        }
        journal.tell(row.id());
        result.complete(outcome);
        try {
            work.after();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "After operation " + row.id(), e);
        }
    }

    private T finish() {
        return journal.database().write(tx -> {
            T outcome = work.done(tx);
            Map<String, String> metadata = new HashMap<>(work.announcement());
            metadata.putAll(work.metadata(outcome));
            tx.operationMetadata().replace(row.id(), metadata);
            advance(tx, OperationState.DONE);
            return outcome;
        });
    }

    private void failed(Refused refused) {
        if (refused.kind() == Refused.Kind.FAILED) {
            LOG.log(Level.WARNING, "Operation " + row.id() + " (" + row.kind() + ") failed", refused);
        }
        if (pastReturn || refused.kind() == Refused.Kind.UNAVAILABLE && work.goesOn()) {
            LOG.log(Level.INFO, "Operation {0} goes on later: {1}", row.id(), refused.getMessage());
            failure = refused;
            return;
        }
        note(OperationState.UNDOING, refused, work::failing);
        undo(refused);
    }

    private void undo(Refused because) {
        try {
            work.undo();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "Operation " + row.id() + " can't be undone yet: " + e.getMessage());
            failure = because;
            return;
        }
        boolean stopped = because.kind() == Refused.Kind.CANCELLED;
        note(stopped ? OperationState.CANCELLED : OperationState.FAILED, because, work::undone);
        failure = because;
    }

    private Refused recordedFailure() {
        Refused.Kind kind = row.errorKind() == null ? Refused.Kind.FAILED : Refused.Kind.valueOf(row.errorKind());
        return new Refused(kind, row.error());
    }

    private void note(OperationState state, Refused refused, Consumer<Transaction> more) {
        journal.database().write(tx -> {
            more.accept(tx);
            boolean mine = tx.operations()
                    .fail(
                            row.id(),
                            journal.epoch(),
                            state.name(),
                            refused.kind().name(),
                            String.valueOf(refused.getMessage()),
                            journal.clock().instant());
            if (!mine) {
                throw new Halt("another server took it over");
            }
            return null;
        });
        journal.tell(row.id());
    }

    private void advance(io.stowage.database.Transaction tx, OperationState state) {
        boolean mine = tx.operations()
                .advance(
                        row.id(),
                        journal.epoch(),
                        state.name(),
                        // While steps that were done before a restart are passed over, they stay done.
                        Math.max(step, row.step()),
                        progress,
                        journal.clock().instant());
        if (!mine) {
            throw new Halt("another server took it over");
        }
    }

    @Override
    public void once(String name, Runnable action) {
        int number = step + 1;
        if (number <= row.step()) {
            step = number;
            return;
        }
        heed();
        LOG.log(Level.DEBUG, "Operation {0}: {1}", row.id(), name);
        action.run();
        step = number;
        journal.database().write(tx -> {
            advance(tx, OperationState.RUNNING);
            return null;
        });
    }

    @Override
    public void remember(Map<String, String> values, Consumer<Transaction> together) {
        Map<String, String> all = new HashMap<>(remembered);
        all.putAll(values);
        journal.database().write(tx -> {
            together.accept(tx);
            advance(tx, OperationState.RUNNING);
            tx.operationInput().replace(row.id(), all);
            return null;
        });
        remembered = Map.copyOf(all);
    }

    @Override
    public void finish(String name, Runnable action) {
        journal.haltIfClosing();
        pastReturn = true;
        LOG.log(Level.DEBUG, "Operation {0}: {1}", row.id(), name);
        action.run();
    }

    @Override
    public void heed() {
        if (cancelled) {
            throw new Refused(Refused.Kind.CANCELLED, "The operation was cancelled");
        }
        journal.haltIfClosing();
    }

    @Override
    public void progress(String text, int percent) {
        heed();
        String now = "%s: %d%%".formatted(text, percent);
        if (mayReport(percent == 100)) {
            progress(now);
        }
    }

    @Override
    public void progress(OperationProgress.Stage stage, String part, long done, long total) {
        heed();
        Duration since = passing(part);
        if (mayReport(done >= total)) {
            progress(OperationProgress.bytes(stage, part, done, total, since).toString());
        }
    }

    @Override
    public void progress(OperationProgress.Stage stage, String part, long done) {
        heed();
        Duration since = passing(part);
        if (mayReport(false)) {
            progress(OperationProgress.bytes(stage, part, done, since).toString());
        }
    }

    /** Since when bytes of this part pass. */
    private Duration passing(String part) {
        if (!part.equals(passing)) {
            passing = part;
            passingSince = System.nanoTime();
        }
        return Duration.ofNanos(System.nanoTime() - passingSince);
    }

    /** Whoever works reports more often than anybody can read, and each report is a commit. */
    private boolean mayReport(boolean atEnd) {
        boolean may = System.nanoTime() - reportedAt >= REPORTS.toNanos() || atEnd;
        if (may) {
            reportedAt = System.nanoTime();
        }
        return may;
    }

    @Override
    public void progress(String text) {
        if (text.equals(progress)) {
            return;
        }
        progress = text;
        journal.database().write(tx -> {
            advance(tx, OperationState.RUNNING);
            return null;
        });
        journal.tell(row.id());
    }
}
