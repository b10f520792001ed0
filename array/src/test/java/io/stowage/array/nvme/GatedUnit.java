package io.stowage.array.nvme;

import io.stowage.array.core.Condition;
import io.stowage.array.core.Exclusion;
import io.stowage.array.core.LogicalUnit;
import io.stowage.array.core.MemoryUnit;
import io.stowage.array.core.Reservations;
import io.stowage.array.core.Traffic;
import io.stowage.array.core.UnitIdentity;
import io.stowage.array.store.Extent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A unit in memory whose flushes wait until the test lets them go on. */
final class GatedUnit implements LogicalUnit {
    private final MemoryUnit unit;
    private final CountDownLatch entered = new CountDownLatch(1);
    private volatile CountDownLatch gate = new CountDownLatch(0);

    GatedUnit(int number, int size) {
        unit = new MemoryUnit(number, size);
    }

    byte[] bytes() {
        return unit.bytes();
    }

    void closeGate() {
        gate = new CountDownLatch(1);
    }

    void openGate() {
        gate.countDown();
    }

    /** Returns when a flush waits at the gate. */
    void awaitFlush() throws InterruptedException {
        entered.await();
    }

    @Override
    public void flush() {
        entered.countDown();
        boolean interrupted = false;
        while (true) {
            try {
                gate.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        unit.flush();
    }

    @Override
    public UnitIdentity identity() {
        return unit.identity();
    }

    @Override
    public long sizeBytes() {
        return unit.sizeBytes();
    }

    @Override
    public void read(long offset, ByteBuffer into) throws IOException {
        unit.read(offset, into);
    }

    @Override
    public void write(long offset, ByteBuffer from) throws IOException {
        unit.write(offset, from);
    }

    @Override
    public void discard(long offset, long length) throws IOException {
        unit.discard(offset, length);
    }

    @Override
    public void copyFrom(LogicalUnit source, long sourceOffset, long offset, long length) throws IOException {
        unit.copyFrom(source, sourceOffset, offset, length);
    }

    @Override
    public List<Extent> allocated(long offset, long length, int limit) throws IOException {
        return unit.allocated(offset, length, limit);
    }

    @Override
    public Traffic traffic() {
        return unit.traffic();
    }

    @Override
    public Exclusion exclusion() {
        return unit.exclusion();
    }

    @Override
    public Condition condition() {
        return unit.condition();
    }

    @Override
    public Reservations reservations() {
        return unit.reservations();
    }
}
