package io.stowage.array.kill;

import java.io.IOException;
import java.nio.ByteBuffer;

/** What a host writes its volumes through, by either protocol. A unit is a LUN, or a namespace's number. */
interface HostSession extends AutoCloseable {
    /** Hears of the array's restart, which may cost the first command for each unit. */
    void arrive(int unit) throws IOException;

    /** Sends data; {@link #awaitAll} waits for the answer. */
    void write(int unit, long lba, ByteBuffer data, boolean fua) throws IOException;

    /** Sends a request that gives sectors up, which read as zeros then. */
    void discard(int unit, long lba, int sectors) throws IOException;

    /** Waits until all that was sent is answered, in whatever order. */
    void awaitAll() throws IOException;

    /** What was answered before survives a loss of power. */
    void flush(int unit) throws IOException;

    @Override
    void close() throws IOException;
}
