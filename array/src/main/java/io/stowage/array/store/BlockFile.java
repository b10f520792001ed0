package io.stowage.array.store;

import java.io.IOException;
import java.nio.ByteBuffer;

/** All that the store asks of a file. Positions and lengths in bytes; calls may be concurrent. */
interface BlockFile {
    /** Fills the rest of {@code into}; false when the file ends before. */
    boolean read(long position, ByteBuffer into) throws IOException;

    /** Writes the rest of {@code from}, growing the file where needed. */
    void write(long position, ByteBuffer from) throws IOException;

    /** Makes a hole; what it held reads as zeros or as before, the caller must not care. */
    void punch(long position, long length) throws IOException;

    /** Makes all writes that returned before the call durable. */
    void force() throws IOException;

    long size() throws IOException;
}
