package io.stowage.engine.work;

import io.stowage.engine.host.RawDevice;
import io.stowage.engine.journal.Failures;
import io.stowage.host.transfer.ExtentMap;
import io.stowage.host.transfer.RateLimit;
import io.stowage.model.Extent;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;

/** All that a device has as one stream, which knows no holes. */
final class WholeBlocks {
    private static final int CHUNK = 1 << 20;

    private final Site site;
    private final RateLimit limit;
    private final LongConsumer watcher;

    /** @param watcher hears how many bytes were sent; what it throws ends it */
    WholeBlocks(Site site, RateLimit limit, LongConsumer watcher) {
        this.site = site;
        this.limit = limit;
        this.watcher = watcher;
    }

    /**
     * @param bytes of the device
     * @param data where it may have something else than zeroes
     * @return how many bytes were read
     */
    long send(Path from, long bytes, ExtentMap data, OutputStream out) {
        long read = 0;
        byte[] chunk = new byte[CHUNK];
        try (RawDevice device = site.files().open(from)) {
            for (long at = 0; at < bytes; ) {
                watcher.accept(at);
                int count = (int) Math.min(chunk.length, bytes - at);
                Extent piece = new Extent(at, count);
                List<Extent> there = Failures.io(() -> data.within(piece));
                if (there.isEmpty()) {
                    Arrays.fill(chunk, 0, count, (byte) 0);
                } else if (device.read(ByteBuffer.wrap(chunk, 0, count), at) < count) {
                    throw Failures.of(new IOException("The device ends before its " + bytes + " bytes"));
                } else {
                    read += count;
                }
                limit.take(count);
                Failures.ioAction(() -> out.write(chunk, 0, count));
                at += count;
            }
        }
        return read;
    }
}
