package io.stowage.engine.migration;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * The server at the other end, used by the one thread that does the work. What goes wrong between the two is
 * {@link io.stowage.engine.Refused}, with the peer's own words if it said any; in the streams it is an
 * {@link java.io.IOException}.
 */
public interface Peer extends AutoCloseable {
    /** Whether the connection comes about by somebody who connects to this server. */
    boolean comes();

    /**
     * Lets somebody look on.
     *
     * @param watch called all the while, by another thread; what it throws ends the connection, and is what the next method
     *     called here throws
     */
    void heed(Runnable watch);

    /** What the peer sends of the content that is on its way now; ends where that ends. The same until {@link #endIn}. */
    InputStream in();

    /** Goes to the peer as part of the content that is on its way now; each write is sent at once. */
    OutputStream out();

    /** The same for whoever says by closing it that nothing more of this content comes, as {@link #endOut} does. */
    default OutputStream outWithEnd() {
        OutputStream out = out();
        return new OutputStream() {
            private boolean ended;

            @Override
            public void write(int one) throws IOException {
                out.write(one);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                out.write(bytes, offset, length);
            }

            @Override
            public void close() {
                if (!ended) {
                    ended = true;
                    endOut();
                }
            }
        };
    }

    /** Says that nothing more of this content comes from here; afterwards {@link #out} belongs to the next. */
    void endOut();

    /** Reads to the end of this content; afterwards {@link #in} belongs to the next. */
    void endIn();

    /** What was agreed on for rsync, once offer and answer have been exchanged. */
    Rsync rsync();

    /** Why a stream failed, if that is known better than the stream says. @return the failure, or a better one */
    RuntimeException explain(RuntimeException failure);

    /** Tells the peer that it came to nothing, if it can still be told. */
    void fail(String message);

    /** Ends the connection, or keeps it from coming about. */
    @Override
    void close();
}
