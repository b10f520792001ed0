package io.stowage.array.iscsi;

import java.time.Duration;

/**
 * What strangers may use up.
 *
 * @param connections open at once, those that have not logged in included
 * @param loginTime after which a connection without a completed login is closed
 * @param reinstatementTime a new session waits for the old one's tasks; then the login is refused
 * @param tasks commands of one session that may be under way; the command window
 * @param connectionBytes write data of one connection that may be buffered
 * @param totalBytes write data of all connections that may be buffered
 */
record Limits(
        int connections,
        Duration loginTime,
        Duration reinstatementTime,
        int tasks,
        long connectionBytes,
        long totalBytes) {

    /** The window is open-iscsi's default (cmds_max); 128 writes of 512 KiB fit into a connection's share. */
    static final Limits DEFAULT =
            new Limits(256, Duration.ofSeconds(30), Duration.ofSeconds(60), 128, 128L << 20, 512L << 20);
}
