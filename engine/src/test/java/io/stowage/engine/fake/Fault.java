package io.stowage.engine.fake;

import io.stowage.driver.ArrayFull;
import io.stowage.driver.ArrayRefused;
import io.stowage.driver.ArrayUnreachable;
import io.stowage.engine.Refused;

/** What may go wrong with a call to array or host. */
public enum Fault {
    /** Nothing was done, and never will be. */
    REFUSED,
    /** Nothing was done, for lack of space. */
    FULL,
    /** Nothing was done; the next call is. */
    BUSY,
    /** It was done, and nobody heard; the next call is answered. */
    ANSWER_LOST,
    /** Nothing was done, and nothing is until the array is back. */
    GONE;

    /** Whether a host's own call can fail like this. */
    public boolean concernsHost() {
        return this == REFUSED;
    }

    RuntimeException failure(String call, boolean toArray) {
        if (!toArray) {
            return new Refused(Refused.Kind.FAILED, call + " failed");
        }
        return switch (this) {
            case REFUSED -> new ArrayRefused("do " + call, "No.");
            case FULL -> new ArrayFull("do " + call, "Not enough space.");
            case BUSY, ANSWER_LOST, GONE -> new ArrayUnreachable("The array is out of reach", null);
        };
    }
}
