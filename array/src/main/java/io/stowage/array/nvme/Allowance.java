package io.stowage.array.nvme;

import java.time.Duration;

/** What strangers may use up, and how long the target bears with them. */
record Allowance(Crowd crowd, Patience patience, Load load) {

    /**
     * How many may come at once.
     *
     * @param connections open at once, those that are no queue yet included
     * @param portalConnections of them, through one portal
     * @param pending connections from one address that are no queue yet
     * @param ioQueues of one controller
     */
    record Crowd(int connections, int portalConnections, int pending, int ioQueues) {}

    /**
     * How long the target waits for others.
     *
     * @param connect after which a connection that is no queue is closed
     * @param farewell for a host to close a connection that it was told is over; TCP Transport 1.0, section 3.5, has 30 s
     * @param look between two looks at controllers and connections
     * @param idle after which a controller without a keep-alive time is closed when it discovers only, or a connection
     *     whose peer takes nothing
     */
    record Patience(Duration connect, Duration farewell, Duration look, Duration idle) {}

    /**
     * What connections may have under way.
     *
     * @param entries of the longest queue, a power of two
     * @param connectionBytes write data of one connection that may be buffered; more waits
     * @param totalBytes write data of all connections that may be buffered
     */
    record Load(int entries, long connectionBytes, long totalBytes) {}

    static final Allowance DEFAULT = new Allowance(
            new Crowd(256, 192, 64, 16),
            new Patience(Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofMillis(500), Duration.ofMinutes(2)),
            new Load(1024, 32L << 20, 256L << 20));

    Allowance with(Crowd other) {
        return new Allowance(other, patience, load);
    }

    Allowance with(Patience other) {
        return new Allowance(crowd, other, load);
    }

    Allowance with(Load other) {
        return new Allowance(crowd, patience, other);
    }
}
