package io.stowage.array.kill;

import java.nio.ByteBuffer;

/**
 * What a block of a volume has been filled with.
 *
 * @param batch the batch of writes of its region that it belonged to; each batch is sent after the one before was answered
 * @param stamp unlike that of any other write, or 0 for zeros
 */
record Written(long batch, long stamp) {
    static final int BLOCK = 4096;
    static final Written NEVER = new Written(0, 0);

    /** The whole block: the stamp and the block's number again and again, or zeros. */
    void put(ByteBuffer target, int block) {
        for (int i = 0; i < BLOCK; i += 2 * Long.BYTES) {
            target.putLong(stamp).putLong(stamp == 0 ? 0 : block);
        }
    }

    /**
     * The stamp of a block that was read.
     *
     * @throws AssertionError if it is mixed, or was written as another block
     */
    static long stamp(ByteBuffer source, int block, String where) {
        long stamp = source.getLong(source.position());
        for (int i = 0; i < BLOCK; i += 2 * Long.BYTES) {
            long one = source.getLong();
            long written = source.getLong();
            if (one != stamp || written != (stamp == 0 ? 0 : block)) {
                throw new AssertionError("block %d of %s holds %x of block %d at byte %d after %x"
                        .formatted(block, where, one, written, i, stamp));
            }
        }
        return stamp;
    }
}
