package io.stowage.array.iscsi;

import java.time.Duration;

/** What strangers may use up, and how long the target bears with them. */
record Limits(Crowd crowd, Patience patience, Load load) {

    /**
     * How many may come at once.
     *
     * @param connections open at once, those that have not logged in included
     * @param portalConnections of them, through one portal
     * @param pendingLogins connections from one address that have not logged in
     */
    record Crowd(int connections, int portalConnections, int pendingLogins) {}

    /**
     * How long the target waits for others.
     *
     * @param login after which a connection without a completed login is closed
     * @param reinstatement a new session waits for the old one's tasks; then the login is refused
     * @param heartbeat between two looks at a connection; see {@link Heartbeat} for what follows from them
     * @param farewell for initiators to log out when a portal goes out of service
     */
    record Patience(Duration login, Duration reinstatement, Duration heartbeat, Duration farewell) {}

    /**
     * What connections may have under way.
     *
     * @param tasks commands of one session that may be under way; the command window
     * @param connectionBytes write data of one connection that may be buffered
     * @param totalBytes write data of all connections that may be buffered
     */
    record Load(int tasks, long connectionBytes, long totalBytes) {}

    /** The window is open-iscsi's default (cmds_max); 128 writes of 512 KiB fit into a connection's share. */
    static final Limits DEFAULT = new Limits(
            new Crowd(384, 256, 64),
            new Patience(Duration.ofSeconds(30), Duration.ofSeconds(60), Duration.ofSeconds(5), Duration.ofSeconds(5)),
            new Load(128, 128L << 20, 512L << 20));

    Limits with(Crowd other) {
        return new Limits(other, patience, load);
    }

    Limits with(Patience other) {
        return new Limits(crowd, other, load);
    }

    Limits with(Load other) {
        return new Limits(crowd, patience, other);
    }
}
