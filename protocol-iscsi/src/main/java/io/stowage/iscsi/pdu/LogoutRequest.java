package io.stowage.iscsi.pdu;

import java.nio.ByteBuffer;

/**
 * The wish to end a session or a connection. RFC 7143, section 11.14.
 *
 * @param reason one of the constants
 * @param cid the connection to close, 16 bits; without meaning for {@link #CLOSE_SESSION}
 */
public record LogoutRequest(boolean immediate, int reason, int taskTag, int cid, int cmdSn, int expStatSn)
        implements InitiatorPdu {

    public static final int CLOSE_SESSION = 0;
    public static final int CLOSE_CONNECTION = 1;
    public static final int REMOVE_FOR_RECOVERY = 2;

    private static final int REASON_MASK = 0x7F;
    private static final int CID = 20;

    static LogoutRequest parse(ByteBuffer header) {
        return new LogoutRequest(
                BasicHeader.immediate(header),
                BasicHeader.flags(header) & REASON_MASK,
                header.getInt(BasicHeader.TASK_TAG),
                header.getShort(CID) & 0xFFFF,
                header.getInt(BasicHeader.CMD_SN),
                header.getInt(BasicHeader.EXP_STAT_SN));
    }

    @Override
    public void write(ByteBuffer header) {
        BasicHeader.start(
                header,
                Opcode.LOGOUT_REQUEST | BasicHeader.bit(immediate, BasicHeader.IMMEDIATE),
                BasicHeader.FINAL | reason & REASON_MASK);
        header.putInt(BasicHeader.TASK_TAG, taskTag)
                .putShort(CID, (short) cid)
                .putInt(BasicHeader.CMD_SN, cmdSn)
                .putInt(BasicHeader.EXP_STAT_SN, expStatSn);
    }
}
