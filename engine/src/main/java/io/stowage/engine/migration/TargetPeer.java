package io.stowage.engine.migration;

import io.stowage.engine.Volume;

/** The server that gets a volume, as the one that gives it sees it. */
public interface TargetPeer extends Peer {
    /** Waits for the connection. */
    void connect();

    /** Tells what there is, and hears what is wanted of it. */
    Answer offer(Volume volume, Offer offer);

    /** Waits until everything is there and safe. */
    void awaitDone();
}
