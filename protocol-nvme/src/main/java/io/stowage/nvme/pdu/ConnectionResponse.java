package io.stowage.nvme.pdu;

import java.nio.ByteBuffer;

/**
 * ICResp, the answer to {@link ConnectionRequest}; TCP Transport 1.0, section 3.6.2.3, figure 22.
 *
 * @param version PFV: 0 is the only one
 * @param alignment CPDA: as HPDA, for data from the host; Linux refuses all but 0
 * @param digests what both will use; Linux refuses all but what it asked for
 * @param maxHostData MAXH2CDATA: bytes that one H2CData may carry, at least 4096 and a multiple of 4
 */
public record ConnectionResponse(int version, int alignment, Digests digests, int maxHostData) {
    private static final int DIGESTS_OFFSET = 11;
    private static final int MAX_DATA_OFFSET = 12;

    /** Reads a header, little-endian, from its beginning. */
    public static ConnectionResponse parse(ByteBuffer header) {
        return new ConnectionResponse(
                Short.toUnsignedInt(header.getShort(ConnectionRequest.VERSION_OFFSET)),
                header.get(ConnectionRequest.ALIGNMENT_OFFSET) & 0xFF,
                Digests.of(header.get(DIGESTS_OFFSET)),
                header.getInt(MAX_DATA_OFFSET));
    }

    /** Writes the whole PDU at the position of a little-endian buffer. */
    public void write(ByteBuffer to) {
        Initialization.write(to, PduType.IC_RESP, version, alignment, digests, maxHostData);
    }
}
