package io.stowage.host.remote;

import io.stowage.host.connector.UnitMissing;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Supplier;

/** Carries commands out over one link, while a unit is examined: what the target puts off is repeated for a while. */
public final class Persistence {
    /** Unit attentions may be queued; libiscsi and Linux expect up to 10 (data-protocols, 2.9). */
    private static final int MAX_TRIES = 40;

    private final int unit;
    private final Duration retryDelay;

    public Persistence(int unit, Duration retryDelay) {
        this.unit = unit;
        this.retryDelay = retryDelay;
    }

    /**
     * Repeats a command until it is done.
     *
     * @throws UnitMissing there is no such unit
     * @throws RemoteError the unit refuses the command
     * @throws IOException it could not be carried out over this link
     */
    public void carryOut(Supplier<Verdict> command) throws IOException {
        String last = "";
        for (int tries = 0; tries < MAX_TRIES; tries++) {
            switch (command.get()) {
                case Verdict.Done() -> {
                    return;
                }
                case Verdict.Lost() -> throw new IOException("the connection ended");
                case Verdict.Again(String words) -> last = words;
                case Verdict.Examine(String words) -> last = words;
                case Verdict.Later(String words) -> {
                    last = words;
                    pause();
                }
                case Verdict.Missing(String words) ->
                    throw new UnitMissing("The target has no unit " + unit + " for this host (any more)");
                case Verdict.Refused(int errno, String words) ->
                    throw new RemoteError(errno, "Unit " + unit + " refused " + words);
            }
        }
        throw new IOException("Unit " + unit + " does not become ready: " + last);
    }

    private synchronized void pause() {
        Interruptions.waitOn(this, retryDelay.toMillis());
    }
}
