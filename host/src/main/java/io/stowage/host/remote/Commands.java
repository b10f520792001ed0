package io.stowage.host.remote;

import java.time.Duration;
import java.util.function.Predicate;

/** Sends commands to one unit until they are answered for good, over whatever link there is. */
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

    /**
     * Sends a command.
     *
     * @param counts looks at where it was carried out; false: the answer is worth nothing, send the command again
     * @throws RemoteError the unit will never carry it out, or can't be used any more
     */
    void send(Command command, Predicate<ProvenUnit> counts) throws RemoteError {
        for (int tries = 0; ; ) {
            ProvenUnit now = state.awaitReady();
            switch (now.carryOut(command)) {
                case Verdict.Done() -> {
                    if (counts.test(now)) {
                        return;
                    }
                }
                case Verdict.Lost() -> {} // bounded by detaching only: the array may be away for long
                case Verdict.Again(String words) -> tries = count(tries, words);
                case Verdict.Examine(String words) -> {
                    tries = count(tries, words);
                    state.suspect(now);
                }
                case Verdict.Later(String words) -> {
                    tries = count(tries, words);
                    state.pause(retryDelay);
                }
                case Verdict.Missing(String words) -> {
                    tries = count(tries, words);
                    state.suspect(now);
                }
                case Verdict.Refused(int errno, String words) -> throw error(errno, words);
            }
        }
    }

    private int count(int tries, String words) throws RemoteError {
        if (tries + 1 >= MAX_TRIES) {
            throw error(LinuxErrno.EIO, words);
        }
        return tries + 1;
    }

    private RemoteError error(int errno, String words) {
        return new RemoteError(errno, "Unit " + unit + " refused " + words);
    }
}
