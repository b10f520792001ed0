package io.stowage.array.store;

import java.io.IOException;

/** The two files of a store; tests put a disk that loses its power in their place. */
interface Disk extends AutoCloseable {
    BlockFile data();

    BlockFile metadata();

    @Override
    void close() throws IOException;
}
