package io.stowage.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Something that is read and written by offset; calls of many threads at once. */
interface Disk extends AutoCloseable {
    String name();

    void read(long offset, ByteBuffer target) throws IOException;

    void write(long offset, ByteBuffer source) throws IOException;

    @Override
    void close() throws IOException;
}
