package io.stowage.server.migration;

import java.io.IOException;
import java.time.Duration;

/** How the two connections of a migration come about. */
interface Meeting extends AutoCloseable {
    /** As long as LXD waits for both connections. */
    Duration PATIENCE = Duration.ofSeconds(10);

    /**
     * Waits for both.
     *
     * @param watch called again and again; what it throws ends the waiting
     * @throws IOException they didn't come about
     */
    Channels meet(Runnable watch) throws IOException;

    /** Whether others connect to this server. */
    boolean isHere();

    /** Ends the connections, or keeps them from coming about. What was sent before still arrives. Repeatable. */
    @Override
    void close();
}
