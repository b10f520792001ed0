package io.stowage.array.store;

import java.nio.ByteBuffer;

/**
 * A range copy, cut into what can be shared and the edges that can't.
 *
 * @param from the first byte in the source
 * @param to the first byte in the target
 * @param head bytes before the first whole chunk
 * @param whole bytes of whole chunks that lie alike in source and target
 * @param tail bytes behind them
 */
record RangeCopy(long from, long to, long head, long whole, long tail) {
    /** What is shared at once, while everybody waits: 64 leaves. */
    private static final long SLICE = 64L * Format.FAN_OUT * Format.CHUNK;

    static RangeCopy of(long from, long to, long length) {
        long head = Math.min(length, Format.roundUp(to, Format.CHUNK) - to);
        long whole = (length - head) / Format.CHUNK * Format.CHUNK;
        return from % Format.CHUNK == to % Format.CHUNK
                ? new RangeCopy(from, to, head, whole, length - head - whole)
                : new RangeCopy(from, to, length, 0, 0);
    }

    void run(DiskVolume source, DiskVolume target) {
        copy(source, target, 0, head);
        for (long at = head; at < head + whole; at += SLICE) {
            target.share(source, from + at, to + at, Math.min(SLICE, head + whole - at));
        }
        copy(source, target, head + whole, tail);
    }

    private void copy(DiskVolume source, DiskVolume target, long start, long length) {
        ByteBuffer bytes = ByteBuffer.allocate(Format.CHUNK);
        for (long at = start; at < start + length; ) {
            long place = to + at;
            int piece = (int) Math.min(start + length - at, Format.CHUNK - place % Format.CHUNK);
            if (source.allocated(from + at, piece, 1).isEmpty()) {
                target.discard(place, piece);
            } else {
                source.read(from + at, bytes.clear().limit(piece));
                target.write(place, bytes.flip());
            }
            at += piece;
        }
    }
}
