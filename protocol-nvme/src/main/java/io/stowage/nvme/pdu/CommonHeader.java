package io.stowage.nvme.pdu;

import java.nio.ByteBuffer;

/** The 8 bytes that begin each PDU; TCP Transport 1.0, figure 19. Buffers have little-endian order. */
public final class CommonHeader {
    public static final int BYTES = 8;

    /** The longest header, that of ICReq and ICResp. */
    public static final int LONGEST = 128;

    /** The header is followed by a digest. */
    public static final int HEADER_DIGEST = 0x01;

    /** The data are followed by a digest. */
    public static final int DATA_DIGEST = 0x02;

    /** The last PDU of a transfer. */
    public static final int LAST = 0x04;

    /** The command has succeeded; no response follows. Only with {@link #LAST}, in C2HData. */
    public static final int SUCCESS = 0x08;

    /** Where the flags are, for error reports. */
    public static final int FLAGS_OFFSET = 1;

    public static final int HLEN_OFFSET = 2;
    public static final int PDO_OFFSET = 3;
    public static final int PLEN_OFFSET = 4;

    private CommonHeader() {}

    public static int type(ByteBuffer header) {
        return header.get(0) & 0xFF;
    }

    public static int flags(ByteBuffer header) {
        return header.get(FLAGS_OFFSET) & 0xFF;
    }

    /** HLEN: bytes of the header without digest. */
    public static int headerLength(ByteBuffer header) {
        return header.get(HLEN_OFFSET) & 0xFF;
    }

    /** PDO: where the data begin. */
    public static int dataOffset(ByteBuffer header) {
        return header.get(PDO_OFFSET) & 0xFF;
    }

    /** PLEN: bytes of the whole PDU with digests, unsigned. */
    public static long length(ByteBuffer header) {
        return Integer.toUnsignedLong(header.getInt(PLEN_OFFSET));
    }

    /** Writes it at the buffer's position. */
    public static void put(ByteBuffer to, int type, int flags, int dataOffset, int length) {
        to.put((byte) type)
                .put((byte) flags)
                .put((byte) PduType.headerLength(type))
                .put((byte) dataOffset)
                .putInt(length);
    }
}
