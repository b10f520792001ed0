package io.stowage.iscsi.scsi;

import java.nio.ByteBuffer;

/**
 * Logical Block Provisioning, VPD page B2h. SBC-3, section 6.6.6.
 *
 * @param thresholdExponent resources are counted in units of 2 to the power of this many blocks; 0: there are no thresholds
 * @param unmap LBPU: UNMAP is supported
 * @param writeSame16 LBPWS: WRITE SAME(16) with the UNMAP bit is
 * @param writeSame10 LBPWS10: WRITE SAME(10) with the UNMAP bit is
 * @param zeroed LBPRZ: unmapped blocks read as zeros
 * @param type 0 unknown, 1 resource provisioned, 2 thin
 */
public record Provisioning(
        int thresholdExponent, boolean unmap, boolean writeSame16, boolean writeSame10, boolean zeroed, int type) {
    private static final int BODY = 4;
    private static final int LBPU = 0x80;
    private static final int LBPWS = 0x40;
    private static final int LBPWS10 = 0x20;
    private static final int LBPRZ = 0x04;
    private static final int LBPRZ_FIELD = 0x1C;
    private static final int TYPE = 0x07;

    /** The body of the page, position 0. */
    public ByteBuffer encode() {
        return ByteBuffer.allocate(BODY)
                .put(0, (byte) thresholdExponent)
                .put(1, (byte) (CdbBits.of(unmap, LBPU)
                        | CdbBits.of(writeSame16, LBPWS)
                        | CdbBits.of(writeSame10, LBPWS10)
                        | CdbBits.of(zeroed, LBPRZ)))
                .put(2, (byte) type);
    }

    /** Reads the body; fields that are cut off count as 0. */
    public static Provisioning parse(ByteBuffer body) {
        ByteBuffer in = ByteBuffer.allocate(BODY);
        in.put(0, body, body.position(), Math.min(BODY, body.remaining()));
        int flags = in.get(1);
        return new Provisioning(
                in.get(0) & 0xFF,
                (flags & LBPU) != 0,
                (flags & LBPWS) != 0,
                (flags & LBPWS10) != 0,
                (flags & LBPRZ_FIELD) == LBPRZ,
                in.get(2) & TYPE);
    }
}
