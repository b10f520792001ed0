package io.stowage.iscsi.pdu;

import java.nio.ByteBuffer;

/**
 * A ping of the initiator, or its answer to a ping of the target. RFC 7143, section 11.18.
 *
 * @param immediate true except for a ping that is to be numbered
 * @param taskTag {@link Pdu#RESERVED_TAG} when no answer is wanted
 * @param transferTag the target's tag when it answers a NOP-In, otherwise {@link Pdu#RESERVED_TAG}
 */
public record NopOut(boolean immediate, long lun, int taskTag, int transferTag, int cmdSn, int expStatSn)
        implements InitiatorPdu {

    static NopOut parse(ByteBuffer header) {
        return new NopOut(
                BasicHeader.immediate(header),
                header.getLong(BasicHeader.LUN),
                header.getInt(BasicHeader.TASK_TAG),
                header.getInt(BasicHeader.TRANSFER_TAG),
                header.getInt(BasicHeader.CMD_SN),
                header.getInt(BasicHeader.EXP_STAT_SN));
    }

    @Override
    public void write(ByteBuffer header) {
        BasicHeader.start(
                header, Opcode.NOP_OUT | BasicHeader.bit(immediate, BasicHeader.IMMEDIATE), BasicHeader.FINAL);
        header.putLong(BasicHeader.LUN, lun)
                .putInt(BasicHeader.TASK_TAG, taskTag)
                .putInt(BasicHeader.TRANSFER_TAG, transferTag)
                .putInt(BasicHeader.CMD_SN, cmdSn)
                .putInt(BasicHeader.EXP_STAT_SN, expStatSn);
    }
}
