package io.stowage.host.remote;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Whether commands may be sent to a unit. The keeper tells; callers wait here.
 *
 * <pre>
 * new, lost, suspect --examined: the expected unit--> ready --connection ended, attention--> lost
 *                    --examined: another, missing--> failed --examined again--> ready
 * any --closed--> closed
 * </pre>
 */
final class UnitState {
    private final int unit;
    private final KeptWrites kept;
    private final Runnable wakeKeeper;

    // Guarded by this.
    private @Nullable ProvenUnit proven;
    private @Nullable IOException failure;
    private boolean opened;
    private boolean closing;
    private long closingEnd;
    private boolean closed;
    private long notReadySince = System.nanoTime();
    private long nextExamination = System.nanoTime();
    private long examinations;
    private volatile long size;

    UnitState(int unit, KeptWrites kept, Runnable wakeKeeper) {
        this.unit = unit;
        this.kept = kept;
        this.wakeKeeper = wakeKeeper;
    }

    long size() {
        return size;
    }

    /** Waits until commands may be sent. @throws RemoteError they never may, or not now */
    synchronized ProvenUnit awaitReady() throws RemoteError {
        while (true) {
            if (closed) {
                throw new RemoteError(LinuxErrno.ENODEV, "Unit " + unit + " is detached");
            }
            ProvenUnit now = proven;
            if (now != null && now.alive()) {
                return now;
            }
            if (failure != null) {
                throw new RemoteError(LinuxErrno.EIO, String.valueOf(failure.getMessage()));
            }
            if (closing && closingEnd - System.nanoTime() <= 0) {
                throw new RemoteError(LinuxErrno.EIO, "Unit " + unit + " can't be reached");
            }
            Interruptions.waitOn(this, closing ? millisUntil(closingEnd) : 0);
        }
    }

    /** Waits a little, or until the unit is closed. */
    synchronized void pause(Duration time) {
        if (!closed) {
            Interruptions.waitOn(this, time.toMillis());
        }
    }

    /** The unit may be another one or have lost something: no command until it was examined. */
    void suspect(ProvenUnit suspected) {
        synchronized (this) {
            if (proven == suspected) {
                lose();
            }
        }
        wakeKeeper.run();
    }

    /** Asks for an examination although nothing is wrong; {@link #awaitExamination} waits for its end. */
    long requestExamination() {
        long seen;
        synchronized (this) {
            seen = examinations;
            nextExamination = System.nanoTime();
            lose();
        }
        wakeKeeper.run();
        return seen;
    }

    /** Waits until an examination has ended since, or the time is over. */
    synchronized void awaitExamination(long seen, Duration time) {
        long end = System.nanoTime() + time.toNanos();
        while (examinations == seen && !closed && end - System.nanoTime() > 0) {
            Interruptions.waitOn(this, millisUntil(end));
        }
    }

    /** The connection ended, or an examination begins: what is acknowledged from now on counts for nothing. */
    synchronized void lose() {
        if (proven != null) {
            proven = null;
            notReadySince = System.nanoTime();
        }
        kept.present(null);
    }

    synchronized void ready(ProvenUnit now) {
        proven = now;
        failure = null;
        opened = true;
        examinations++;
        size = now.size();
        kept.present(now);
        notifyAll();
    }

    /** It is another unit: commands fail at once. */
    synchronized void fail(IOException why, Duration next) {
        failure = why;
        again(next);
    }

    /** There is no unit: commands fail, but while a target starts again only after a while. */
    synchronized void missing(IOException why, Duration grace, Duration next) {
        if (!opened || System.nanoTime() - notReadySince > grace.toNanos()) {
            failure = why;
        }
        again(next);
    }

    /** It could not be examined. */
    synchronized void again(Duration next) {
        examinations++;
        nextExamination = System.nanoTime() + next.toNanos();
        notifyAll();
    }

    /** Whether the keeper should examine it now. */
    synchronized boolean examinationDue() {
        return proven == null && !closed && nextExamination - System.nanoTime() <= 0;
    }

    synchronized boolean isReady() {
        return proven != null;
    }

    /** Whether nothing has happened to the unit since this proof was given out. */
    synchronized boolean isPresent(ProvenUnit then) {
        return proven == then;
    }

    /** Waits until it is ready for the first time; false if the time is over. @throws IOException why it never will */
    synchronized boolean awaitOpened(Duration time) throws IOException {
        long end = System.nanoTime() + time.toNanos();
        while (!opened && failure == null && !closed && end - System.nanoTime() > 0) {
            Interruptions.waitOn(this, millisUntil(end));
        }
        if (failure != null) {
            throw failure;
        }
        return opened;
    }

    /** From now on commands wait no longer than this. */
    synchronized void beginClosing(Duration patience) {
        closing = true;
        closingEnd = System.nanoTime() + patience.toNanos();
        notifyAll();
    }

    synchronized void close() {
        closed = true;
        lose();
        notifyAll();
    }

    private static long millisUntil(long end) {
        return Math.max(1, (end - System.nanoTime()) / 1_000_000);
    }
}
