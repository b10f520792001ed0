package io.stowage.iscsi.scsi;

import java.nio.ByteBuffer;

/**
 * Block Limits, VPD page B0h. SBC-3, section 6.6.4. Lengths are in blocks; 0 means that there is no limit or that it is
 * unknown, but for the UNMAP fields and COMPARE AND WRITE, where it means that the command isn't supported.
 *
 * @param writeSameNonZero WSNZ: WRITE SAME refuses a length of 0
 * @param maxUnmapBlocks all ones: no limit
 * @param unmapGranularity best multiple for UNMAP, whose alignment is 0
 */
public record BlockLimits(
        boolean writeSameNonZero,
        int maxCompareAndWrite,
        int transferGranularity,
        long maxTransfer,
        long optimalTransfer,
        long maxUnmapBlocks,
        long maxUnmapDescriptors,
        long unmapGranularity,
        long maxWriteSame) {

    private static final int BODY = 0x3C;
    private static final int UGAVALID = 0x8000_0000;

    /** The body of the page, position 0. */
    public ByteBuffer encode() {
        return ByteBuffer.allocate(BODY)
                .put(0, CdbBits.of(writeSameNonZero, 0x01))
                .put(1, (byte) maxCompareAndWrite)
                .putShort(2, (short) transferGranularity)
                .putInt(4, (int) maxTransfer)
                .putInt(8, (int) optimalTransfer)
                .putInt(16, (int) maxUnmapBlocks)
                .putInt(20, (int) maxUnmapDescriptors)
                .putInt(24, (int) unmapGranularity)
                .putInt(28, UGAVALID)
                .putLong(32, maxWriteSame);
    }

    /** Reads the body; fields that are cut off count as 0. */
    public static BlockLimits parse(ByteBuffer body) {
        ByteBuffer in = ByteBuffer.allocate(BODY);
        in.put(0, body, body.position(), Math.min(BODY, body.remaining()));
        return new BlockLimits(
                (in.get(0) & 0x01) != 0,
                in.get(1) & 0xFF,
                in.getShort(2) & 0xFFFF,
                unsigned(in, 4),
                unsigned(in, 8),
                unsigned(in, 16),
                unsigned(in, 20),
                unsigned(in, 24),
                in.getLong(32));
    }

    private static long unsigned(ByteBuffer in, int index) {
        return in.getInt(index) & 0xFFFF_FFFFL;
    }
}
