package io.stowage.host.iscsi;

import java.time.Duration;
import java.util.function.Function;

/** Sends commands to one unit until they are answered for good, over whatever connection there is. */
final class Commands {
    /** How often a unit may put a command off before that counts as an error; 30 s with the usual delay. */
    private static final int MAX_TRIES = 120;

    private final int unit;
    private final UnitState state;
    private final Duration retryDelay;

    Commands(int unit, UnitState state, Duration retryDelay) {
        this.unit = unit;
        this.state = state;
        this.retryDelay = retryDelay;
    }

    /** Looks at an answer; false: it is worth nothing, send the command again. */
    interface Check {
        boolean counts(Readiness readiness, Task task) throws IscsiError;
    }

    /**
     * Sends a command.
     *
     * @param making makes the task from what is known of the unit, again for each try
     * @throws IscsiError the unit will never carry it out, or can't be used any more
     */
    void send(Function<Readiness, Task> making, Check check) throws IscsiError {
        for (int tries = 0; ; ) {
            Readiness now = state.awaitReady();
            Task task = making.apply(now);
            if (now.connection().run(task) == Task.End.LOST) {
                continue; // bounded by detaching only: the array may be away for long
            }
            switch (Verdict.of(task.status(), task.sense())) {
                case Verdict.Done() -> {
                    if (check.counts(now, task)) {
                        return;
                    }
                }
                case Verdict.Again() -> tries = count(tries, task);
                case Verdict.Examine() -> {
                    tries = count(tries, task);
                    state.suspect(now);
                }
                case Verdict.Later() -> {
                    tries = count(tries, task);
                    state.pause(retryDelay);
                }
                case Verdict.Missing() -> {
                    tries = count(tries, task);
                    state.suspect(now);
                }
                case Verdict.Refused(int errno) -> throw error(errno, task);
            }
        }
    }

    private int count(int tries, Task task) throws IscsiError {
        if (tries + 1 >= MAX_TRIES) {
            throw error(LinuxErrno.EIO, task);
        }
        return tries + 1;
    }

    private IscsiError error(int errno, Task task) {
        return new IscsiError(
                errno,
                "Unit %d refused the command 0x%02x: status 0x%02x, sense %s"
                        .formatted(unit, task.cdb.get(0), task.status(), task.sense()));
    }
}
