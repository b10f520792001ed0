package io.stowage.engine.host;

import io.stowage.host.transfer.Moved;
import io.stowage.host.transfer.Transfer;

/** Reads and writes what is on block devices of this host. Failures are {@link io.stowage.engine.Refused}. */
public interface VolumeBlocks {
    /**
     * Moves content; it is durable on the target when this returns.
     *
     * @param watcher may end it with an exception
     */
    Moved move(BlockMove what, Transfer.Watcher watcher);
}
