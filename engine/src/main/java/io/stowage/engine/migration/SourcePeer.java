package io.stowage.engine.migration;

import java.util.List;

/** The server that gives a volume, as the one that gets it sees it. */
public interface SourcePeer extends Peer {
    /** Waits for the connection, and for what there is. */
    Offer offer();

    /**
     * Says what is wanted of it.
     *
     * @return the wanted snapshots in the order in which they come, with all that is known of them
     */
    List<MovingSnapshot> accept(Answer answer);

    /** Says that everything is here and safe. */
    void done();
}
