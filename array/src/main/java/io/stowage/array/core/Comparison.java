package io.stowage.array.core;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalLong;

/** Compares what is stored with what was sent. */
public final class Comparison {
    /** Bytes that are compared or repeated at once. */
    public static final int PIECE = 256 * 1024;

    private Comparison() {}

    /**
     * The offset of the first byte that differs from what is expected, counted from {@code offset}; nothing if none does.
     */
    public static OptionalLong withUnit(LogicalUnit unit, long offset, ByteBuffer expected) throws IOException {
        ByteBuffer stored = ByteBuffer.allocate(Math.min(PIECE, expected.remaining()));
        for (int done = 0; done < expected.remaining(); done += stored.capacity()) {
            int length = Math.min(stored.capacity(), expected.remaining() - done);
            stored.clear().limit(length);
            unit.read(offset + done, stored);
            int difference = stored.flip().mismatch(expected.slice(expected.position() + done, length));
            if (difference >= 0) {
                return OptionalLong.of(done + difference);
            }
        }
        return OptionalLong.empty();
    }

    /** The same where each block has to equal the one that was sent. */
    public static OptionalLong withEachBlock(LogicalUnit unit, long offset, long length, ByteBuffer block)
            throws IOException {
        ByteBuffer stored = ByteBuffer.allocate((int) Math.min(PIECE, length));
        for (long done = 0; done < length; done += stored.capacity()) {
            stored.clear().limit((int) Math.min(stored.capacity(), length - done));
            unit.read(offset + done, stored);
            stored.flip();
            for (int at = 0; at < stored.limit(); at += LogicalUnit.BLOCK_BYTES) {
                int difference = stored.slice(at, LogicalUnit.BLOCK_BYTES).mismatch(block);
                if (difference >= 0) {
                    return OptionalLong.of(done + at + difference);
                }
            }
        }
        return OptionalLong.empty();
    }
}
