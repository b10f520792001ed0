package io.stowage.iscsi.pdu;

import java.nio.ByteBuffer;

/**
 * A step of the login; the data segment holds keys and values. RFC 7143, section 11.12.
 *
 * @param transit the initiator wants to go on to {@code next}
 * @param continued the text goes on in the next request
 * @param next without meaning unless {@code transit}
 * @param versionMin lowest protocol version the initiator supports; must be 0
 * @param tsih 0 for a new session, 16 bits
 * @param cid connection identifier, 16 bits
 */
public record LoginRequest(
        boolean transit,
        boolean continued,
        LoginStage current,
        LoginStage next,
        int versionMax,
        int versionMin,
        Isid isid,
        int tsih,
        int taskTag,
        int cid,
        int cmdSn,
        int expStatSn)
        implements InitiatorPdu {

    static final int TRANSIT = 0x80;
    static final int CONTINUE = 0x40;
    static final int CURRENT_SHIFT = 2;
    static final int VERSION_MAX = 2;
    static final int ISID = 8;
    static final int TSIH = 14;
    private static final int VERSION_MIN = 3;
    private static final int CID = 20;

    static LoginRequest parse(ByteBuffer header) {
        int flags = BasicHeader.flags(header);
        return new LoginRequest(
                (flags & TRANSIT) != 0,
                (flags & CONTINUE) != 0,
                LoginStage.of(flags >> CURRENT_SHIFT),
                LoginStage.of(flags),
                header.get(VERSION_MAX) & 0xFF,
                header.get(VERSION_MIN) & 0xFF,
                Isid.parse(header, ISID),
                header.getShort(TSIH) & 0xFFFF,
                header.getInt(BasicHeader.TASK_TAG),
                header.getShort(CID) & 0xFFFF,
                header.getInt(BasicHeader.CMD_SN),
                header.getInt(BasicHeader.EXP_STAT_SN));
    }

    @Override
    public void write(ByteBuffer header) {
        BasicHeader.start(
                header, Opcode.LOGIN_REQUEST | BasicHeader.IMMEDIATE, flags(transit, continued, current, next));
        isid.write(header, ISID);
        header.put(VERSION_MAX, (byte) versionMax)
                .put(VERSION_MIN, (byte) versionMin)
                .putShort(TSIH, (short) tsih)
                .putInt(BasicHeader.TASK_TAG, taskTag)
                .putShort(CID, (short) cid)
                .putInt(BasicHeader.CMD_SN, cmdSn)
                .putInt(BasicHeader.EXP_STAT_SN, expStatSn);
    }

    static int flags(boolean transit, boolean continued, LoginStage current, LoginStage next) {
        return BasicHeader.bit(transit, TRANSIT)
                | BasicHeader.bit(continued, CONTINUE)
                | current.code() << CURRENT_SHIFT
                | next.code();
    }
}
