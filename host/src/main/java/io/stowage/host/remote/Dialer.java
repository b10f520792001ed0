package io.stowage.host.remote;

import io.stowage.model.Portal;
import java.io.IOException;
import java.util.List;

/**
 * Reaches one target by one protocol, and keeps what a successor must know after this process was killed. Owned by one
 * thread, the session's keeper.
 */
public interface Dialer {
    /** The protocol's short name, for the names of threads. */
    String protocol();

    /** How many threads a link needs to receive. */
    int readers();

    /**
     * Where it may be tried now: only portals through which commands can be sent again without something of an older link
     * being carried out after them.
     *
     * @param known the target's portals, in order of preference
     */
    List<Portal> candidates(List<Portal> known);

    /**
     * Makes a link. Blocks until it is there or the attempt is aborted.
     *
     * @param attempt through which all connections are made
     * @param onChange called when the link dies or wants to be tended; doesn't block
     * @throws IOException the portal doesn't answer or doesn't take us; one sentence
     */
    Link dial(Portal portal, Attempt attempt, Runnable onChange) throws IOException;

    /**
     * The last link has ended.
     *
     * @param vouched whether the target said that nothing of it will be carried out any more
     */
    void ended(boolean vouched);
}
