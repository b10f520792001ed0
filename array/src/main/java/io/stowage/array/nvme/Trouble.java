package io.stowage.array.nvme;

import io.stowage.array.fault.Fault;
import io.stowage.array.fault.NvmeOutcome;
import java.time.Duration;

/**
 * What a tester wants to go wrong with a command that is carried out.
 *
 * @param delay before it is
 * @param drop whether the connection is closed in place of an answer
 */
record Trouble(Duration delay, boolean drop) {
    static Trouble of(Fault<NvmeOutcome> fault) {
        boolean drop =
                fault.outcome() instanceof NvmeOutcome.DropBefore || fault.outcome() instanceof NvmeOutcome.DropAfter;
        return new Trouble(fault.delay(), drop);
    }

    static final Trouble NONE = new Trouble(Duration.ZERO, false);
}
