package io.stowage.host.transfer;

import io.stowage.model.Extent;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Block content that is written by offset. Safe for many threads that write to different places. */
public interface BlockWriter {
    /** Bytes; a multiple of 512. */
    long size();

    /**
     * Writes what remains in the buffer.
     *
     * @param from of {@link BlockReader#buffer}, or a slice of one at a multiple of 512
     */
    void write(long offset, ByteBuffer from) throws IOException;

    /** The extent reads as zeroes afterwards, and gives its space back where that can be done. */
    void zero(Extent extent) throws IOException;

    /** Every write that came back before this call is durable when it returns. */
    void flush() throws IOException;
}
