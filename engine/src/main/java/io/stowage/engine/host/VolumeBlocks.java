package io.stowage.engine.host;

import io.stowage.host.transfer.ExtentMap;
import io.stowage.host.transfer.Moved;
import io.stowage.host.transfer.Transfer;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;

/** Reads and writes what is on block devices of this host. Failures are {@link io.stowage.engine.Refused}. */
public interface VolumeBlocks {
    /**
     * Moves content; it is durable on the target when this returns.
     *
     * @param watcher may end it with an exception
     */
    Moved move(BlockMove what, Transfer.Watcher watcher);

    /**
     * Sends content to another machine.
     *
     * @param in what the receiver says
     * @param watcher may end it with an exception
     */
    Moved send(BlockSend what, InputStream in, OutputStream out, Transfer.Watcher watcher);

    /**
     * Gives a device content that {@link #send} sends; it is durable when this returns.
     *
     * @param bytes of the device
     * @param data where the device may have something else than zeroes
     * @param watcher may end it with an exception
     */
    Moved receive(Path to, long bytes, ExtentMap data, InputStream in, OutputStream out, Transfer.Watcher watcher);
}
