package io.stowage.engine.work;

import io.stowage.engine.journal.Steps;
import io.stowage.model.ByteSize;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** What arrives for a work: its reader hears when the work is cancelled, and the work tells how much has come. */
final class HeededInput extends FilterInputStream {
    private static final long REPORT = 64 << 20;

    private volatile @Nullable Steps steps;
    private long count;

    HeededInput(InputStream in) {
        super(in);
    }

    /** From now on it belongs to this work. */
    void heed(Steps work) {
        steps = work;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        Steps heeded = steps;
        if (heeded != null) {
            heeded.heed();
        }
        int read = in.read(bytes, offset, length);
        if (heeded != null && read > 0 && count / REPORT != (count + read) / REPORT) {
            heeded.progress("received: " + new ByteSize((count + read) / REPORT * REPORT));
        }
        count += Math.max(0, read);
        return read;
    }

    @Override
    public long skip(long bytes) throws IOException {
        // Through read, so that it is counted and heeded.
        byte[] skipped = new byte[(int) Math.min(bytes, 1 << 16)];
        return Math.max(0, read(skipped, 0, skipped.length));
    }
}
