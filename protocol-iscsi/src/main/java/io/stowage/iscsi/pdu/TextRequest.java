package io.stowage.iscsi.pdu;

import java.nio.ByteBuffer;

/**
 * Keys and values in the full feature phase, such as SendTargets. RFC 7143, section 11.10.
 *
 * @param transferTag the target's tag when it continues an exchange, otherwise {@link Pdu#RESERVED_TAG}
 */
public record TextRequest(
        boolean immediate,
        boolean isFinal,
        boolean continued,
        long lun,
        int taskTag,
        int transferTag,
        int cmdSn,
        int expStatSn)
        implements InitiatorPdu {

    static final int CONTINUE = 0x40;

    static TextRequest parse(ByteBuffer header) {
        int flags = BasicHeader.flags(header);
        return new TextRequest(
                BasicHeader.immediate(header),
                (flags & BasicHeader.FINAL) != 0,
                (flags & CONTINUE) != 0,
                header.getLong(BasicHeader.LUN),
                header.getInt(BasicHeader.TASK_TAG),
                header.getInt(BasicHeader.TRANSFER_TAG),
                header.getInt(BasicHeader.CMD_SN),
                header.getInt(BasicHeader.EXP_STAT_SN));
    }

    @Override
    public void write(ByteBuffer header) {
        BasicHeader.start(
                header,
                Opcode.TEXT_REQUEST | BasicHeader.bit(immediate, BasicHeader.IMMEDIATE),
                BasicHeader.bit(isFinal, BasicHeader.FINAL) | BasicHeader.bit(continued, CONTINUE));
        header.putLong(BasicHeader.LUN, lun)
                .putInt(BasicHeader.TASK_TAG, taskTag)
                .putInt(BasicHeader.TRANSFER_TAG, transferTag)
                .putInt(BasicHeader.CMD_SN, cmdSn)
                .putInt(BasicHeader.EXP_STAT_SN, expStatSn);
    }
}
