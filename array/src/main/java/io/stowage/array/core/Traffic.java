package io.stowage.array.core;

import java.util.concurrent.atomic.LongAdder;

/** Counts reads and writes, from any number of threads without a lock and without making objects. */
public final class Traffic {
    private final LongAdder reads = new LongAdder();
    private final LongAdder readBytes = new LongAdder();
    private final LongAdder readNanos = new LongAdder();
    private final LongAdder writes = new LongAdder();
    private final LongAdder writtenBytes = new LongAdder();
    private final LongAdder writeNanos = new LongAdder();

    /** One read that was carried out. */
    public void read(long bytes, long nanos) {
        reads.increment();
        readBytes.add(bytes);
        readNanos.add(nanos);
    }

    /** One write that was carried out. */
    public void wrote(long bytes, long nanos) {
        writes.increment();
        writtenBytes.add(bytes);
        writeNanos.add(nanos);
    }

    /** Everything since the array's start. */
    public Load total() {
        return new Load(
                reads.sum(), readBytes.sum(), readNanos.sum(), writes.sum(), writtenBytes.sum(), writeNanos.sum());
    }
}
