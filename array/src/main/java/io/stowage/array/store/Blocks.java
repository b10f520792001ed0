package io.stowage.array.store;

/** Sets of the 16 blocks of a chunk, as bits. */
final class Blocks {
    private Blocks() {}

    /** The blocks from {@code first} to before {@code end}, cut to the chunk. */
    static int mask(long first, long end) {
        int from = (int) Math.clamp(first, 0, Format.BLOCKS_PER_CHUNK);
        int to = (int) Math.clamp(end, 0, Format.BLOCKS_PER_CHUNK);
        return from >= to ? 0 : (1 << to) - (1 << from);
    }

    /** The blocks that a range of bytes of a chunk touches. */
    static int touched(int from, int to) {
        return mask(from / Format.BLOCK, (to + Format.BLOCK - 1) / Format.BLOCK);
    }

    /** The blocks that a range of bytes of a chunk covers whole. */
    static int covered(int from, int to) {
        return mask((from + Format.BLOCK - 1) / Format.BLOCK, to / Format.BLOCK);
    }

    /** The number of set bits from {@code block} on without a gap. */
    static int run(int blocks, int block) {
        return Integer.numberOfTrailingZeros(~(blocks >>> block));
    }
}
