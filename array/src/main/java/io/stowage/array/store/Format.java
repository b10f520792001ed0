package io.stowage.array.store;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** The numbers of the format, version 2. All integers on disk are big-endian. */
final class Format {
    static final int VERSION = 2;

    /** The smallest write a disk makes whole or not at all, in bytes. */
    static final int SECTOR = 512;

    /** The unit of presence in a chunk, in bytes. */
    static final int BLOCK = 4096;

    /** The unit of allocation in the data file, in bytes. */
    static final int CHUNK = 64 * 1024;

    static final int BLOCKS_PER_CHUNK = CHUNK / BLOCK;

    /** The unit of the metadata file, in bytes. */
    static final int PAGE = 4096;

    /** Pages 0 to 3 hold the copies of the superblocks. */
    static final int FIRST_PAGE = 4;

    static final int PAGE_HEADER = 32;

    /** Entries of 16 bytes in a page behind its header. */
    static final int FAN_OUT = (PAGE - PAGE_HEADER) / 16;

    /** Levels of a tree: 254^5 chunks are more than {@link #MAX_VOLUME}. */
    static final int MAX_LEVEL = 4;

    /** 4 PiB. */
    static final long MAX_VOLUME = 1L << 52;

    /** Chunks and pages are counted in arrays: at most 128 TiB of data. */
    static final long MAX_ADDRESS = Integer.MAX_VALUE - 1L;

    private static final long[] SPANS = spans();

    private Format() {}

    private static long[] spans() {
        long[] spans = new long[MAX_LEVEL + 2];
        spans[0] = 1;
        for (int level = 1; level < spans.length; level++) {
            spans[level] = spans[level - 1] * FAN_OUT;
        }
        return spans;
    }

    /** The chunks below one entry of a page of this level: 1 for a leaf, which has level 0. */
    static long span(int level) {
        return SPANS[level];
    }

    /** The entry of a page of this level that leads to a chunk of the volume. */
    static int slot(long chunkIndex, int level) {
        return (int) (chunkIndex / SPANS[level] % FAN_OUT);
    }

    static long roundUp(long value, int unit) {
        return (value + unit - 1) / unit * unit;
    }

    /** CRC-32C of a range, absolute. */
    static int checksum(ByteBuffer bytes, int from, int to) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.slice(from, to - from));
        return (int) crc.getValue();
    }
}
