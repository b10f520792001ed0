package io.stowage.iscsi.scsi;

import java.nio.ByteBuffer;

/** The lengths in which block commands come, and where address and length stand in each. SBC-3, section 4.2. */
public enum CdbSize {
    SIX,
    TEN,
    TWELVE,
    SIXTEEN;

    private static final int LBA_6_MASK = 0x1F_FFFF;
    private static final int BLOCKS_OF_ZERO_6 = 256;

    /** The logical block address, to be read as unsigned. */
    long lba(ByteBuffer cdb) {
        return switch (this) {
            case SIX -> cdb.getInt(0) & LBA_6_MASK;
            case TEN, TWELVE -> cdb.getInt(2) & 0xFFFF_FFFFL;
            case SIXTEEN -> cdb.getLong(2);
        };
    }

    /** The number of blocks, 0 to 2^32-1. */
    long blocks(ByteBuffer cdb) {
        return switch (this) {
            case SIX -> cdb.get(4) == 0 ? BLOCKS_OF_ZERO_6 : cdb.get(4) & 0xFF;
            case TEN -> cdb.getShort(7) & 0xFFFFL;
            case TWELVE -> cdb.getInt(6) & 0xFFFF_FFFFL;
            case SIXTEEN -> cdb.getInt(10) & 0xFFFF_FFFFL;
        };
    }

    void put(ByteBuffer cdb, long lba, long blocks) {
        switch (this) {
            case SIX -> {
                cdb.putInt(0, cdb.get(0) << 24 | (int) lba & LBA_6_MASK);
                cdb.put(4, (byte) blocks);
            }
            case TEN -> cdb.putInt(2, (int) lba).putShort(7, (short) blocks);
            case TWELVE -> cdb.putInt(2, (int) lba).putInt(6, (int) blocks);
            case SIXTEEN -> cdb.putLong(2, lba).putInt(10, (int) blocks);
        }
    }

    /** One of four operation codes. */
    int choose(int six, int ten, int twelve, int sixteen) {
        return switch (this) {
            case SIX -> six;
            case TEN -> ten;
            case TWELVE -> twelve;
            case SIXTEEN -> sixteen;
        };
    }
}
