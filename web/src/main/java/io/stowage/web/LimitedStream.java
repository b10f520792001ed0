package io.stowage.web;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Passes on at most so many bytes of a body, and fails when there are more. Closing it leaves the rest of the body to be
 * read by whoever answers.
 */
final class LimitedStream extends FilterInputStream {
    private final long limit;
    private final boolean announcedTooLong;
    private boolean begun;
    private boolean ended;
    private long passed;

    /** @param announced the body's length in bytes, as the client has it; -1 when it doesn't say */
    LimitedStream(InputStream in, long limit, long announced) {
        super(in);
        this.limit = limit;
        this.announcedTooLong = announced > limit;
    }

    @Override
    public int read() throws IOException {
        begin();
        int value = super.read();
        if (value >= 0) {
            count(1);
        }
        ended = value < 0;
        return value;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        begin();
        int count = super.read(bytes, offset, length);
        if (count > 0) {
            count(count);
        }
        ended = count < 0;
        return count;
    }

    @Override
    public long skip(long count) throws IOException {
        begin();
        long skipped = super.skip(count);
        count(skipped);
        return skipped;
    }

    @Override
    public void close() {
        // Jetty's stream would make the rest unreadable.
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /** Whether the client was asked for something: one that waits to be told to go on sends nothing before. */
    boolean hasBegun() {
        return begun;
    }

    boolean hasEnded() {
        return ended;
    }

    private void begin() throws BodyTooLarge {
        if (announcedTooLong) {
            throw new BodyTooLarge(limit);
        }
        begun = true;
    }

    private void count(long more) throws BodyTooLarge {
        passed += more;
        if (passed > limit) {
            throw new BodyTooLarge(limit);
        }
    }
}
