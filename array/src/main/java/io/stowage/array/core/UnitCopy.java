package io.stowage.array.core;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Copies what a host asks to be copied, sharing what lies alike in both units; writers aren't kept waiting for long. */
public final class UnitCopy {
    /** Bytes that are copied while a comparison waits to write; a multiple of what can be shared. */
    private static final long PIECE = 8 << 20;

    private UnitCopy() {}

    /**
     * Gives a range the content that another range has when the copy begins, also if they overlap.
     *
     * @throws LogicalUnit.OutOfRange one of the ranges goes beyond the present end
     * @throws LogicalUnit.OutOfSpace the array is full; parts of the range may have been written
     */
    public static void copy(LogicalUnit source, long from, LogicalUnit target, long to, long length)
            throws IOException {
        boolean overlaps = source == target && Math.abs(from - to) < length;
        if (overlaps) {
            if (from != to) {
                target.exclusion().shared(() -> shift(target, from, to, length));
            }
            return;
        }
        // In pieces that end where sharing can begin.
        for (long done = 0; done < length; ) {
            long at = done;
            long piece = Math.min(length - at, PIECE - (to + at) % PIECE);
            target.exclusion().shared(() -> target.copyFrom(source, from + at, to + at, piece));
            done += piece;
        }
    }

    /** From the end that isn't in the way. */
    private static void shift(LogicalUnit unit, long from, long to, long length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(Comparison.PIECE, length));
        for (long done = 0; done < length; done += bytes.limit()) {
            bytes.clear().limit((int) Math.min(bytes.capacity(), length - done));
            long at = from > to ? done : length - done - bytes.limit();
            unit.read(from + at, bytes);
            unit.write(to + at, bytes.flip());
        }
    }
}
