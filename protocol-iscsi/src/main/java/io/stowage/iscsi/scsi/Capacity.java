package io.stowage.iscsi.scsi;

import java.nio.ByteBuffer;

/**
 * The data of READ CAPACITY. SBC-3, sections 5.15 and 5.16.
 *
 * @param lastLba address of the last block
 * @param blockLength bytes of a block
 * @param thin LBPME: blocks can be unmapped
 * @param zeroed LBPRZ: unmapped blocks read as zeros
 */
public record Capacity(long lastLba, int blockLength, boolean thin, boolean zeroed) {
    /** Bytes of the long form. */
    public static final int LENGTH_16 = 32;

    private static final int LENGTH_10 = 8;
    private static final int PROVISIONING = 14;
    private static final int LBPME = 0x80;
    private static final int LBPRZ = 0x40;

    /** The 32 bytes of READ CAPACITY(16). */
    public ByteBuffer encode16() {
        return ByteBuffer.allocate(LENGTH_16)
                .putLong(0, lastLba)
                .putInt(8, blockLength)
                .put(PROVISIONING, (byte) (CdbBits.of(thin, LBPME) | CdbBits.of(zeroed, LBPRZ)));
    }

    /** The 8 bytes of READ CAPACITY(10); an address beyond 32 bits is written as all ones. */
    public ByteBuffer encode10() {
        int last = lastLba >>> 32 == 0 ? (int) lastLba : 0xFFFF_FFFF;
        return ByteBuffer.allocate(LENGTH_10).putInt(0, last).putInt(4, blockLength);
    }

    /**
     * Reads the long form.
     *
     * @throws IllegalArgumentException fewer than 16 bytes
     */
    public static Capacity parse16(ByteBuffer data) {
        if (data.remaining() < LENGTH_16 / 2) {
            throw new IllegalArgumentException("READ CAPACITY data of " + data.remaining() + " bytes: 32 are expected");
        }
        int at = data.position();
        int flags = data.get(at + PROVISIONING);
        return new Capacity(data.getLong(at), data.getInt(at + 8), (flags & LBPME) != 0, (flags & LBPRZ) != 0);
    }

    /** Bytes of the whole unit. */
    public long bytes() {
        return (lastLba + 1) * blockLength;
    }
}
