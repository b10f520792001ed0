package io.stowage.iscsi.pdu;

import java.nio.ByteBuffer;

/** The fields that every basic header segment has at the same place. RFC 7143, section 11.2.1. */
public final class BasicHeader {

    /** Bytes of a basic header segment. */
    public static final int LENGTH = 48;

    /** The largest data segment that the 24-bit length field can express. */
    public static final int MAX_DATA_LENGTH = 0xFF_FFFF;

    static final int FLAGS = 1;
    static final int LENGTHS = 4;
    static final int LUN = 8;
    static final int TASK_TAG = 16;
    static final int TRANSFER_TAG = 20;
    static final int CMD_SN = 24;
    static final int EXP_STAT_SN = 28;
    static final int STAT_SN = 24;
    static final int EXP_CMD_SN = 28;
    static final int MAX_CMD_SN = 32;

    static final int IMMEDIATE = 0x40;
    static final int FINAL = 0x80;

    private static final int OPCODE_MASK = 0x3F;
    private static final int AHS_WORD = 4;

    private BasicHeader() {}

    /** The opcode, 0 to 63, without the immediate bit. */
    public static int opcode(ByteBuffer header) {
        return header.get(0) & OPCODE_MASK;
    }

    /** Whether the initiator marked the PDU for immediate delivery. */
    public static boolean immediate(ByteBuffer header) {
        return (header.get(0) & IMMEDIATE) != 0;
    }

    /** Bytes of additional header segments that follow, 0 to 1020. */
    public static int additionalLength(ByteBuffer header) {
        return (header.get(LENGTHS) & 0xFF) * AHS_WORD;
    }

    /** Bytes of the data segment without padding, 0 to {@value #MAX_DATA_LENGTH}. */
    public static int dataLength(ByteBuffer header) {
        return header.getInt(LENGTHS) & MAX_DATA_LENGTH;
    }

    /** Sets the length of the data segment. */
    public static void putDataLength(ByteBuffer header, int bytes) {
        if (bytes < 0 || bytes > MAX_DATA_LENGTH) {
            throw new IllegalArgumentException("data segment of " + bytes + " bytes: must be 0 to " + MAX_DATA_LENGTH);
        }
        header.putInt(LENGTHS, header.getInt(LENGTHS) & ~MAX_DATA_LENGTH | bytes);
    }

    /** The initiator task tag. */
    public static int taskTag(ByteBuffer header) {
        return header.getInt(TASK_TAG);
    }

    /** Zero bytes needed behind a segment of this length to reach a multiple of four. */
    public static int padding(int length) {
        return -length & 3;
    }

    static void clear(ByteBuffer header) {
        for (int i = 0; i < LENGTH; i += Long.BYTES) {
            header.putLong(i, 0);
        }
    }

    static int flags(ByteBuffer header) {
        return header.get(FLAGS) & 0xFF;
    }

    static void start(ByteBuffer header, int opcode, int flags) {
        clear(header);
        header.put(0, (byte) opcode).put(FLAGS, (byte) flags);
    }

    static int bit(boolean set, int mask) {
        return set ? mask : 0;
    }
}
