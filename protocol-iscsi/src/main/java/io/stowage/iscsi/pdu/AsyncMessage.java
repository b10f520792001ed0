package io.stowage.iscsi.pdu;

import java.nio.ByteBuffer;

/**
 * Something the target says without being asked. RFC 7143, section 11.9. For event 0 the data segment holds sense.
 *
 * @param event one of the constants, or a vendor's own
 * @param parameter1 16 bits, see the RFC's table
 * @param parameter2 16 bits
 * @param parameter3 16 bits; seconds for {@link #LOGOUT_REQUESTED}
 */
public record AsyncMessage(
        long lun, Counters counters, int event, int vendorCode, int parameter1, int parameter2, int parameter3)
        implements TargetPdu {

    public static final int SCSI_EVENT = 0;
    public static final int LOGOUT_REQUESTED = 1;
    public static final int CONNECTION_DROPPED = 2;
    public static final int SESSION_DROPPED = 3;
    public static final int NEGOTIATE = 4;

    private static final int EVENT = 36;
    private static final int VENDOR_CODE = 37;
    private static final int PARAMETER1 = 38;
    private static final int PARAMETER2 = 40;
    private static final int PARAMETER3 = 42;

    static AsyncMessage parse(ByteBuffer header) {
        return new AsyncMessage(
                header.getLong(BasicHeader.LUN),
                Counters.parse(header),
                header.get(EVENT) & 0xFF,
                header.get(VENDOR_CODE) & 0xFF,
                header.getShort(PARAMETER1) & 0xFFFF,
                header.getShort(PARAMETER2) & 0xFFFF,
                header.getShort(PARAMETER3) & 0xFFFF);
    }

    @Override
    public void write(ByteBuffer header) {
        BasicHeader.start(header, Opcode.ASYNC_MESSAGE, BasicHeader.FINAL);
        header.putLong(BasicHeader.LUN, lun)
                .putInt(BasicHeader.TASK_TAG, RESERVED_TAG)
                .put(EVENT, (byte) event)
                .put(VENDOR_CODE, (byte) vendorCode)
                .putShort(PARAMETER1, (short) parameter1)
                .putShort(PARAMETER2, (short) parameter2)
                .putShort(PARAMETER3, (short) parameter3);
        counters.write(header);
    }
}
