package io.stowage.host.transfer;

import io.stowage.model.Extent;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Makes the target have the source's content wherever a map says that they may differ. Several pieces are on their way at
 * once; memory is a few MiB, whatever the volume. Once {@link #run} returns everything is durable on the target. It may be
 * done again after it was cut short.
 */
public final class Transfer {
    /** Most bytes of one read. */
    static final int CHUNK = 1 << 20;

    /** Zeroes and equal content are told from others in blocks of so many bytes. */
    static final int BLOCK = 64 << 10;

    /** For so many bytes at once the maps are asked. */
    private static final long WINDOW = 1L << 30;

    private static final int WORKERS = 4;
    private static final int QUEUE = 16;

    private final BlockReader source;
    private final BlockWriter target;
    private final Onto onto;
    private final RateLimit limit;
    private final Watcher watcher;

    private final BlockingQueue<Job> queue = new ArrayBlockingQueue<>(QUEUE);
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final LongAdder read = new LongAdder();
    private final LongAdder compared = new LongAdder();
    private final LongAdder written = new LongAdder();
    private final LongAdder zeroed = new LongAdder();

    /** Hears how far it is. */
    @FunctionalInterface
    public interface Watcher {
        /**
         * Called from time to time, by the thread that runs the transfer. What it throws ends the transfer and passes on.
         *
         * @param done bytes of the source that were looked at or can be passed over
         */
        void at(long done, long size);
    }

    /** One thing for a worker to do. */
    private sealed interface Job {
        record Move(Extent extent) implements Job {}

        record Zero(Extent extent) implements Job {}

        /** No more for one worker. */
        record End() implements Job {}
    }

    /** @param target as large as the source at least; what it has beyond is left alone */
    public Transfer(BlockReader source, BlockWriter target, Onto onto, RateLimit limit, Watcher watcher) {
        if (target.size() < source.size()) {
            throw new IllegalArgumentException(
                    "The target has " + target.size() + " bytes, the source " + source.size());
        }
        this.source = source;
        this.target = target;
        this.onto = onto;
        this.limit = limit;
        this.watcher = watcher;
    }

    /**
     * Does it; once for each object.
     *
     * @param differing where source and target may differ
     * @throws IOException reading or writing failed; what was written until then stays
     */
    public Moved run(ExtentMap differing) throws IOException {
        List<Thread> workers = new ArrayList<>();
        try {
            for (int i = 0; i < WORKERS; i++) {
                workers.add(Thread.ofPlatform().daemon().name("transfer-" + i).start(this::work));
            }
            hand(differing);
        } catch (Throwable e) {
            failure.compareAndSet(null, e);
        } finally {
            end(workers);
        }
        rethrow();
        target.flush();
        watcher.at(source.size(), source.size());
        return new Moved(read.sum(), compared.sum(), written.sum(), zeroed.sum());
    }

    private void rethrow() throws IOException {
        switch (failure.get()) {
            case null -> {}
            case IOException e -> throw e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw new IOException(e);
        }
    }

    private void hand(ExtentMap differing) throws IOException {
        long size = source.size();
        for (long at = 0; at < size && failure.get() == null; at += WINDOW) {
            watcher.at(at, size);
            for (Extent extent : differing.within(new Extent(at, Math.min(WINDOW, size - at)))) {
                handExtent(extent);
            }
        }
    }

    private void handExtent(Extent extent) throws IOException {
        long at = extent.offset();
        for (Extent data : dataIn(extent)) {
            handHole(at, data.offset());
            handData(data);
            at = data.end();
        }
        handHole(at, extent.end());
    }

    /** Of little it is quicker to read it than to ask what is there. */
    private List<Extent> dataIn(Extent extent) throws IOException {
        return extent.length() <= CHUNK ? List.of(extent) : source.data().within(extent);
    }

    private void handData(Extent data) throws IOException {
        long at = data.offset();
        while (at < data.end()) {
            long end = Math.min(data.end(), (at / CHUNK + 1) * CHUNK);
            put(new Job.Move(new Extent(at, end - at)), at);
            watcher.at(at, source.size());
            at = end;
        }
    }

    /** Where the source has nothing: the target loses what it has there. */
    private void handHole(long begin, long end) throws IOException {
        if (begin >= end) {
            return;
        }
        Extent hole = new Extent(begin, end - begin);
        switch (onto) {
            case Onto.Blank() -> {}
            case Onto.Stale() -> put(new Job.Zero(hole), begin);
            case Onto.Similar(BlockReader present) -> {
                for (Extent there : present.data().within(hole)) {
                    put(new Job.Zero(there), begin);
                }
            }
        }
    }

    private void put(Job job, long at) throws IOException {
        try {
            while (failure.get() == null && !queue.offer(job, 1, TimeUnit.SECONDS)) {
                watcher.at(at, source.size());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while moving blocks");
        }
    }

    /** Waits until nobody works any more, however long a read or write lasts: the caller takes the devices away then. */
    private void end(List<Thread> workers) {
        boolean interrupted = false;
        int told = 0;
        for (Thread worker : workers) {
            while (worker.isAlive()) {
                try {
                    while (told < workers.size() && queue.offer(new Job.End())) {
                        told++;
                    }
                    worker.join(20);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void work() {
        ByteBuffer mine = BlockReader.buffer(CHUNK);
        ByteBuffer theirs = BlockReader.buffer(onto instanceof Onto.Similar ? CHUNK : BlockReader.ALIGNMENT);
        try {
            for (Job job = queue.take(); !(job instanceof Job.End); job = queue.take()) {
                if (failure.get() == null) { // else the queue is only emptied
                    switch (job) {
                        case Job.Move(Extent extent) -> move(extent, mine.clear(), theirs.clear());
                        case Job.Zero(Extent extent) -> zero(extent);
                        case Job.End() -> {}
                    }
                }
            }
        } catch (Throwable e) {
            failure.compareAndSet(null, e);
            drain();
        }
    }

    /** A worker that ends early still has to take its share of what is handed out, or nobody would. */
    private void drain() {
        boolean interrupted = false;
        while (true) {
            try {
                if (queue.take() instanceof Job.End) {
                    break;
                }
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void zero(Extent extent) throws IOException {
        target.zero(extent);
        zeroed.add(extent.length());
    }

    private void move(Extent extent, ByteBuffer mine, ByteBuffer theirs) throws IOException {
        int length = (int) extent.length();
        source.read(extent.offset(), mine.limit(length));
        read.add(length);
        boolean compares = onto instanceof Onto.Similar;
        if (onto instanceof Onto.Similar(BlockReader present)) {
            present.read(extent.offset(), theirs.limit(length));
            compared.add(length);
        }
        Run run = new Run(extent.offset(), mine);
        for (int at = 0; at < length; at += BLOCK) {
            int end = Math.min(length, at + BLOCK);
            ByteBuffer block = mine.slice(at, end - at);
            if (compares && block.equals(theirs.slice(at, end - at))) {
                run.end();
            } else if (isZero(block)) {
                run.end();
                if (!(onto instanceof Onto.Blank)) {
                    zero(new Extent(extent.offset() + at, end - at));
                }
            } else {
                run.add(at, end);
            }
        }
        run.end();
    }

    /** Neighbouring blocks of one chunk that are written together. */
    private final class Run {
        private final long offset;
        private final ByteBuffer chunk;
        private int begin;
        private int end;

        Run(long offset, ByteBuffer chunk) {
            this.offset = offset;
            this.chunk = chunk;
        }

        void add(int from, int to) {
            if (begin == end) {
                begin = from;
            }
            end = to;
        }

        void end() throws IOException {
            if (begin < end) {
                limit.take(end - begin);
                target.write(offset + begin, chunk.slice(begin, end - begin));
                written.add(end - begin);
            }
            begin = end;
        }
    }

    private static boolean isZero(ByteBuffer block) {
        int at = 0;
        for (; at + Long.BYTES <= block.limit(); at += Long.BYTES) {
            if (block.getLong(at) != 0) {
                return false;
            }
        }
        return true;
    }
}
