package io.stowage.host.transfer;

/** What is there before, where content is written to. */
public sealed interface Onto {
    /** Nothing but zeroes: only data are written. */
    record Blank() implements Onto {}

    /** Something else: everything that is moved is written, zeroes too. */
    record Stale() implements Onto {}

    /** Much the same: it is read and compared, and only what differs is written. */
    record Similar(BlockReader present) implements Onto {}
}
