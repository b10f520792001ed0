package io.stowage.nvme.pdu;

import java.nio.ByteBuffer;

/** The fields that H2CData, C2HData and R2T share; TCP Transport 1.0, figures 27 to 29. Buffers are little-endian. */
public final class TransferHeader {
    public static final int COMMAND_OFFSET = 8;
    public static final int TAG_OFFSET = 10;
    public static final int DATA_OFFSET_OFFSET = 12;
    public static final int DATA_LENGTH_OFFSET = 16;

    private TransferHeader() {}

    /** CCCID: the command that the data belong to. */
    public static int commandId(ByteBuffer header) {
        return Short.toUnsignedInt(header.getShort(COMMAND_OFFSET));
    }

    /** TTAG: by what the controller knows the transfer; not in C2HData. */
    public static int tag(ByteBuffer header) {
        return Short.toUnsignedInt(header.getShort(TAG_OFFSET));
    }

    /** DATAO or R2TO: where in the command's data this piece begins, unsigned. */
    public static long offset(ByteBuffer header) {
        return Integer.toUnsignedLong(header.getInt(DATA_OFFSET_OFFSET));
    }

    /** DATAL or R2TL: bytes, unsigned. */
    public static long length(ByteBuffer header) {
        return Integer.toUnsignedLong(header.getInt(DATA_LENGTH_OFFSET));
    }

    /** Writes the 16 bytes behind the common header. */
    public static void put(ByteBuffer to, int commandId, int tag, int offset, int length) {
        to.putShort((short) commandId)
                .putShort((short) tag)
                .putInt(offset)
                .putInt(length)
                .putInt(0);
    }
}
