package io.stowage.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** The way to a server. */
interface Line {
    /** @throws IOException nobody answers, or not the one who should */
    Connection open() throws IOException;

    /** One connection, which is closed after one answer. */
    interface Connection extends AutoCloseable {
        InputStream in() throws IOException;

        OutputStream out() throws IOException;

        @Override
        void close() throws IOException;
    }
}
