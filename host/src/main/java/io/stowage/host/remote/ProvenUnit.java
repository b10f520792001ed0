package io.stowage.host.remote;

/**
 * A unit whose identity was proven over a link. Compared by identity: a new one begins with each examination, so that
 * what was acknowledged before a loss can be told from what was after it. Safe for use by many threads.
 */
public interface ProvenUnit {
    /** Bytes. */
    long size();

    /** Most bytes of one {@link Command.Zeroes}, a multiple of 512. */
    long maxZeroes();

    /** Whether its link is. */
    boolean alive();

    /** Carries a command out, once, and waits for the answer. The command's buffer is the caller's again then. */
    Verdict carryOut(Command command);
}
