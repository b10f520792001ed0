package io.stowage.nvme.pdu;

import java.nio.ByteBuffer;

/**
 * ICReq, the first PDU of a connection; TCP Transport 1.0, section 3.6.2.2, figure 21.
 *
 * @param version PFV: 0 is the only one
 * @param alignment HPDA: data from the controller begin at a multiple of this many dwords, minus one; 0 to 31
 * @param digests what the host wants
 * @param maxR2t MAXR2T: R2Ts that may be outstanding for a command, minus one; unsigned
 */
public record ConnectionRequest(int version, int alignment, Digests digests, int maxR2t) {
    public static final int VERSION_OFFSET = 8;
    public static final int ALIGNMENT_OFFSET = 10;
    public static final int HIGHEST_ALIGNMENT = 31;

    private static final int DIGESTS_OFFSET = 11;
    private static final int MAX_R2T_OFFSET = 12;

    /** Reads a header, little-endian, from its beginning. */
    public static ConnectionRequest parse(ByteBuffer header) {
        return new ConnectionRequest(
                Short.toUnsignedInt(header.getShort(VERSION_OFFSET)),
                header.get(ALIGNMENT_OFFSET) & 0xFF,
                Digests.of(header.get(DIGESTS_OFFSET)),
                header.getInt(MAX_R2T_OFFSET));
    }

    /** Writes the whole PDU at the position of a little-endian buffer. */
    public void write(ByteBuffer to) {
        Initialization.write(to, PduType.IC_REQ, version, alignment, digests, maxR2t);
    }
}
