package io.stowage.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A way of reading or writing.
 *
 * @param block bytes of each request
 * @param depth requests under way at a time, each by a thread of its own
 */
record Pattern(String name, int block, boolean random, boolean write, int depth) {
    static final List<Pattern> ALL = List.of(
            new Pattern("random 4 KiB reads", 4 << 10, true, false, 8),
            new Pattern("random 4 KiB writes", 4 << 10, true, true, 8),
            new Pattern("sequential 1 MiB reads", 1 << 20, false, false, 4),
            new Pattern("sequential 1 MiB writes", 1 << 20, false, true, 4));

    /** O_DIRECT wants buffers aligned to pages. */
    private static final int PAGE = 4 << 10;

    /** Requests a second. */
    double run(Disk disk, long bytes, long nanos) throws IOException, InterruptedException {
        AtomicLong next = new AtomicLong();
        try (ExecutorService threads = Executors.newFixedThreadPool(depth)) {
            long start = System.nanoTime();
            List<Future<Long>> counts = new ArrayList<>();
            for (int i = 0; i < depth; i++) {
                SplittableRandom random = new SplittableRandom(i);
                counts.add(threads.submit(() -> loop(disk, bytes, start + nanos, random, next)));
            }
            long done = 0;
            for (Future<Long> count : counts) {
                done += count.get();
            }
            return done * 1e9 / (System.nanoTime() - start);
        } catch (ExecutionException e) {
            throw new IOException(disk.name() + ": " + e.getCause(), e);
        }
    }

    private long loop(Disk disk, long bytes, long end, SplittableRandom random, AtomicLong next) throws IOException {
        ByteBuffer buffer =
                ByteBuffer.allocateDirect(block + PAGE).alignedSlice(PAGE).limit(block);
        for (int i = 0; i < block; i += Long.BYTES) {
            buffer.putLong(i, random.nextLong());
        }
        long blocks = bytes / block;
        long done = 0;
        while (System.nanoTime() - end < 0) {
            long at = (this.random ? random.nextLong(blocks) : next.getAndIncrement() % blocks) * block;
            buffer.position(0).limit(block);
            if (write) {
                disk.write(at, buffer);
            } else {
                disk.read(at, buffer);
            }
            done++;
        }
        return done;
    }
}
