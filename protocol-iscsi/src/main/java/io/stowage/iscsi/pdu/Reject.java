package io.stowage.iscsi.pdu;

import java.nio.ByteBuffer;

/**
 * A PDU was not accepted. RFC 7143, section 11.17. The data segment must hold the whole header of the refused PDU.
 *
 * @param reason one of the constants, or another of the RFC's table
 * @param dataSn DataSN or R2TSN expected next, for rejected SNACKs only
 */
public record Reject(int reason, Counters counters, int dataSn) implements TargetPdu {

    public static final int DATA_DIGEST = 0x02;
    public static final int SNACK = 0x03;
    public static final int PROTOCOL_ERROR = 0x04;
    public static final int NOT_SUPPORTED = 0x05;
    public static final int TOO_MANY_IMMEDIATE = 0x06;
    public static final int TASK_IN_PROGRESS = 0x07;
    public static final int INVALID_FIELD = 0x09;

    private static final int REASON = 2;
    private static final int DATA_SN = 36;

    static Reject parse(ByteBuffer header) {
        return new Reject(header.get(REASON) & 0xFF, Counters.parse(header), header.getInt(DATA_SN));
    }

    @Override
    public void write(ByteBuffer header) {
        BasicHeader.start(header, Opcode.REJECT, BasicHeader.FINAL);
        header.put(REASON, (byte) reason)
                .putInt(BasicHeader.TASK_TAG, RESERVED_TAG)
                .putInt(DATA_SN, dataSn);
        counters.write(header);
    }
}
