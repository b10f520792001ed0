package io.stowage.iscsi.scsi;

import java.nio.ByteBuffer;

/** Fields that many CDBs share. */
final class CdbBits {
    static final int PAGE_OUT = 0x10;
    static final int THROUGH_CACHE = 0x08;

    private CdbBits() {}

    static ByteBuffer start(ByteBuffer out, int opcode) {
        return out.putLong(0, 0).putLong(Long.BYTES, 0).put(0, (byte) opcode);
    }

    static byte of(boolean set, int mask) {
        return (byte) (set ? mask : 0);
    }

    static boolean has(ByteBuffer cdb, int index, int mask) {
        return (cdb.get(index) & mask) != 0;
    }

    /** Address, length and, in the longer forms, the bits of byte 1. */
    static void putTransfer(
            ByteBuffer out, CdbSize size, long lba, long blocks, int protect, boolean pageOut, boolean throughCache) {
        if (size != CdbSize.SIX) {
            out.put(1, (byte) (protect << 5 | of(pageOut, PAGE_OUT) | of(throughCache, THROUGH_CACHE)));
        }
        size.put(out, lba, blocks);
    }

    /** The allocation or list length of the MODE commands. */
    static void putShortLength(ByteBuffer out, CdbSize size, int length) {
        if (size == CdbSize.SIX) {
            out.put(4, (byte) length);
        } else {
            out.putShort(7, (short) length);
        }
    }

    static int shortLength(ByteBuffer cdb, CdbSize size) {
        return size == CdbSize.SIX ? cdb.get(4) & 0xFF : cdb.getShort(7) & 0xFFFF;
    }
}
