package io.stowage.engine.host;

import java.nio.ByteBuffer;

/** A block device that is open. Failures are {@link io.stowage.engine.Refused}. */
public interface RawDevice extends AutoCloseable {
    /** Fills the buffer from there, up to the end of the device. @return how many bytes */
    int read(ByteBuffer into, long offset);

    /** Writes all that remains in the buffer. */
    void write(ByteBuffer from, long offset);

    /** What was written is on the array. */
    void flush();

    @Override
    void close();
}
