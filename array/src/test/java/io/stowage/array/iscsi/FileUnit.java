package io.stowage.array.iscsi;

import io.stowage.array.core.Condition;
import io.stowage.array.core.Exclusion;
import io.stowage.array.core.LogicalUnit;
import io.stowage.array.core.LogicalUnits;
import io.stowage.array.core.Registrant;
import io.stowage.array.core.Reservation;
import io.stowage.array.core.Reservations;
import io.stowage.array.core.Traffic;
import io.stowage.array.core.UnitIdentity;
import io.stowage.array.store.Extent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** A unit on a sparse file, with a gate before each write, a count of flushes and a limit on what it takes. */
final class FileUnit implements LogicalUnit, AutoCloseable {
    private static final int PIECE = 1 << 20;
    private static final int OPEN = 1_000_000;

    private final FileChannel file;
    private final UnitIdentity identity;
    private final BitSet mapped = new BitSet();
    private final Traffic traffic = new Traffic();
    private final AtomicInteger flushes = new AtomicInteger();
    private final Semaphore gate = new Semaphore(OPEN);
    private final AtomicInteger inside = new AtomicInteger();
    private volatile long size;
    private volatile boolean full;
    private volatile List<LogicalUnits.Watcher> watchers = List.of();
    private final Condition condition = new Condition();
    private final Exclusion exclusion = new Exclusion();
    private final Reservations reservations = new Reservations(Reservation.none(UUID.randomUUID()), new Memory());

    FileUnit(Path path, long size, int number) throws IOException {
        this.file =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        this.size = size;
        this.identity = new UnitIdentity(
                "PURE",
                "FlashArray",
                "8888",
                "A1B2C3D4E5F60718%08X".formatted(number),
                "624a9370a1b2c3d4e5f60718%08x".formatted(number));
    }

    /** Writes and flushes wait inside the unit until {@link #openGate}. */
    void closeGate() {
        gate.drainPermits();
    }

    void openGate() {
        gate.release(OPEN - gate.availablePermits());
    }

    /** Writes and flushes that are inside the unit just now. */
    int inside() {
        return inside.get();
    }

    void awaitInside() throws InterruptedException {
        while (inside.get() == 0) {
            Thread.sleep(1);
        }
    }

    void resize(long bytes) {
        size = bytes;
    }

    void fill() {
        full = true;
    }

    int flushes() {
        return flushes.get();
    }

    @Override
    public Traffic traffic() {
        return traffic;
    }

    @Override
    public UnitIdentity identity() {
        return identity;
    }

    @Override
    public long sizeBytes() {
        return size;
    }

    @Override
    public void read(long offset, ByteBuffer into) throws IOException {
        check(offset, into.remaining());
        while (into.hasRemaining()) {
            int count = file.read(into, offset);
            if (count < 0) {
                while (into.hasRemaining()) {
                    into.put((byte) 0);
                }
            }
            offset += count;
        }
    }

    @Override
    public void write(long offset, ByteBuffer from) throws IOException {
        check(offset, from.remaining());
        inside.incrementAndGet();
        try {
            passGate();
            writeInside(offset, from);
        } finally {
            inside.decrementAndGet();
        }
    }

    private void passGate() {
        gate.acquireUninterruptibly();
        gate.release();
    }

    private void writeInside(long offset, ByteBuffer from) throws IOException {
        if (full) {
            throw new OutOfSpace("the test's unit is full", new IOException("full"));
        }
        mark(offset, from.remaining(), true);
        while (from.hasRemaining()) {
            offset += file.write(from, offset);
        }
    }

    @Override
    public void discard(long offset, long length) throws IOException {
        for (Extent extent : allocated(offset, length, Integer.MAX_VALUE)) {
            for (long at = extent.offset(); at < extent.end(); at += PIECE) {
                file.write(ByteBuffer.allocate((int) Math.min(PIECE, extent.end() - at)), at);
            }
        }
        mark(offset, length, false);
    }

    @Override
    public synchronized List<Extent> allocated(long offset, long length, int limit) throws IOException {
        check(offset, length);
        List<Extent> extents = new ArrayList<>();
        int end = (int) ((offset + length) / BLOCK_BYTES);
        int at = mapped.nextSetBit((int) (offset / BLOCK_BYTES));
        while (at >= 0 && at < end && extents.size() < limit) {
            int next = Math.min(mapped.nextClearBit(at), end);
            extents.add(new Extent((long) at * BLOCK_BYTES, (long) (next - at) * BLOCK_BYTES));
            at = mapped.nextSetBit(next);
        }
        return extents;
    }

    private synchronized void mark(long offset, long length, boolean value) {
        mapped.set((int) (offset / BLOCK_BYTES), (int) ((offset + length) / BLOCK_BYTES), value);
    }

    @Override
    public void flush() throws IOException {
        flushes.incrementAndGet();
        inside.incrementAndGet();
        try {
            passGate();
            file.force(false);
        } finally {
            inside.decrementAndGet();
        }
    }

    @Override
    public void copyFrom(LogicalUnit source, long sourceOffset, long offset, long length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) length);
        source.read(sourceOffset, bytes);
        write(offset, bytes.flip());
    }

    @Override
    public Exclusion exclusion() {
        return exclusion;
    }

    @Override
    public Condition condition() {
        return condition;
    }

    @Override
    public Reservations reservations() {
        return reservations;
    }

    /** Says who is told about reservations. */
    void tell(List<LogicalUnits.Watcher> others) {
        watchers = others;
    }

    /** Nothing outlives this unit. */
    private final class Memory implements Reservations.Home {
        @Override
        public void keep(Reservation reservation) {}

        @Override
        public void tell(Registrant who, Reservations.Event event) {
            watchers.forEach(watcher -> watcher.reservationChanged(FileUnit.this, who, event));
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private void check(long offset, long length) throws OutOfRange {
        if (offset % BLOCK_BYTES != 0 || length % BLOCK_BYTES != 0) {
            throw new IllegalArgumentException("not whole blocks: " + length + " bytes at " + offset);
        }
        if (offset < 0 || length < 0 || offset + length > size) {
            throw new OutOfRange(offset, length, size);
        }
    }
}
