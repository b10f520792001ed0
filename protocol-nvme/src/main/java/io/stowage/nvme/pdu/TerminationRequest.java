package io.stowage.nvme.pdu;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * H2CTermReq or C2HTermReq: the sender found a fatal error and wants the connection closed. TCP Transport 1.0, figures 23
 * and 24.
 *
 * @param status FES, one of {@link FatalError} or something reserved
 * @param information FEI: for an invalid field or parameter the offset of the field in the offending header
 * @param header the beginning of the offending PDU, at most 128 bytes
 */
public record TerminationRequest(int status, int information, ByteBuffer header) {
    /** The longest one. */
    public static final int LONGEST = 24 + CommonHeader.LONGEST;

    private static final int STATUS_OFFSET = 8;
    private static final int INFORMATION_OFFSET = 10;

    /** Of a header, little-endian, and the data behind it, which are copied. */
    public static TerminationRequest parse(ByteBuffer header, ByteBuffer data) {
        byte[] offending = new byte[data.remaining()];
        data.get(data.position(), offending);
        return new TerminationRequest(
                Short.toUnsignedInt(header.getShort(STATUS_OFFSET)),
                header.getInt(INFORMATION_OFFSET),
                ByteBuffer.wrap(offending));
    }

    /** What the status means; nothing for a reserved one. */
    public Optional<FatalError> error() {
        return Arrays.stream(FatalError.values())
                .filter(error -> error.code() == status)
                .findFirst();
    }

    /** Writes the whole PDU at the position of a little-endian buffer, as {@link PduType} says. */
    public void write(ByteBuffer to, int type) {
        int headerBytes = PduType.headerLength(type);
        int start = to.position();
        CommonHeader.put(to, type, 0, 0, headerBytes + header.remaining());
        to.putShort((short) status).putInt(information);
        while (to.position() < start + headerBytes) {
            to.put((byte) 0);
        }
        to.put(header.duplicate());
    }
}
