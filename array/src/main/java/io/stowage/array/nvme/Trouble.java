package io.stowage.array.nvme;

import java.time.Duration;

/**
 * What a tester wants to go wrong with a command that is carried out.
 *
 * @param delay before it is
 * @param drop whether the connection is closed in place of an answer
 */
record Trouble(Duration delay, boolean drop) {
    static final Trouble NONE = new Trouble(Duration.ZERO, false);
}
