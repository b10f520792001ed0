package io.stowage.array.core;

import io.stowage.array.store.Extent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** A unit in memory, which checks what it is asked for. */
public final class MemoryUnit implements LogicalUnit {
    private static final int PAGE = 4096;

    private final byte[] bytes;
    private final UnitIdentity identity;
    private final Traffic traffic = new Traffic();
    private final Condition condition = new Condition();
    private final Exclusion exclusion = new Exclusion();
    private final Reservations reservations;
    private final AtomicInteger flushes = new AtomicInteger();
    private volatile Optional<IOException> failure = Optional.empty();

    /** @param told of what happens to its reservations */
    public MemoryUnit(int number, int size, LogicalUnits.Watcher... told) {
        this.bytes = new byte[size];
        String serial = "%024d".formatted(number);
        this.identity = new UnitIdentity("PURE", "FlashArray", "8888", serial, "624a9370" + serial);
        this.reservations = new Reservations(Reservation.none(new UUID(0, number)), new Reservations.Home() {
            @Override
            public void keep(Reservation reservation) {}

            @Override
            public void tell(Registrant who, Reservations.Event event) {
                for (LogicalUnits.Watcher each : told) {
                    each.reservationChanged(MemoryUnit.this, who, event);
                }
            }
        });
    }

    /** From now on reading and writing end so. */
    public void fail(IOException with) {
        failure = Optional.of(with);
    }

    /** How often it was flushed. */
    public int flushes() {
        return flushes.get();
    }

    /** What it holds, shared. */
    public byte[] bytes() {
        return bytes;
    }

    @Override
    public UnitIdentity identity() {
        return identity;
    }

    @Override
    public long sizeBytes() {
        return bytes.length;
    }

    @Override
    public void read(long offset, ByteBuffer into) throws IOException {
        check(offset, into.remaining());
        into.put(bytes, (int) offset, into.remaining());
    }

    @Override
    public void write(long offset, ByteBuffer from) throws IOException {
        check(offset, from.remaining());
        from.get(bytes, (int) offset, from.remaining());
    }

    @Override
    public void discard(long offset, long length) throws IOException {
        check(offset, length);
        Arrays.fill(bytes, (int) offset, (int) (offset + length), (byte) 0);
    }

    @Override
    public void copyFrom(LogicalUnit source, long sourceOffset, long offset, long length) throws IOException {
        ByteBuffer copied = ByteBuffer.allocate((int) length);
        source.read(sourceOffset, copied);
        write(offset, copied.flip());
    }

    @Override
    public List<Extent> allocated(long offset, long length, int limit) throws IOException {
        check(offset, length);
        List<Extent> extents = new ArrayList<>();
        for (long at = offset; at < offset + length && extents.size() < limit; ) {
            boolean held = isHeld(at);
            long end = at;
            while (end < offset + length && isHeld(end) == held) {
                end = Math.min(offset + length, end / PAGE * PAGE + PAGE);
            }
            if (held) {
                extents.add(new Extent(at, end - at));
            }
            at = end;
        }
        return extents;
    }

    /** Whether there is anything but zeros in the page around a byte. */
    private boolean isHeld(long at) {
        int start = (int) (at / PAGE * PAGE);
        for (int i = start; i < Math.min(bytes.length, start + PAGE); i++) {
            if (bytes[i] != 0) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void flush() {
        flushes.incrementAndGet();
    }

    @Override
    public Traffic traffic() {
        return traffic;
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

    private void check(long offset, long length) throws IOException {
        if (failure.isPresent()) {
            throw failure.get();
        }
        if (offset % BLOCK_BYTES != 0 || length % BLOCK_BYTES != 0) {
            throw new IllegalArgumentException("not whole blocks: " + length + " bytes at " + offset);
        }
        if (offset < 0 || length < 0 || offset > bytes.length - length) {
            throw new OutOfRange(offset, length, bytes.length);
        }
    }
}
