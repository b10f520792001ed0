package io.stowage.iscsi.pdu;

import java.nio.ByteBuffer;

/**
 * Write data of a SCSI command. RFC 7143, section 11.7.
 *
 * @param isFinal the last PDU of its sequence
 * @param transferTag the tag of the R2T it answers, {@link Pdu#RESERVED_TAG} when unsolicited
 * @param bufferOffset place of the data within the command's data, bytes, unsigned
 */
public record DataOut(
        boolean isFinal, long lun, int taskTag, int transferTag, int expStatSn, int dataSn, int bufferOffset)
        implements InitiatorPdu {

    private static final int DATA_SN = 36;
    private static final int BUFFER_OFFSET = 40;

    static DataOut parse(ByteBuffer header) {
        return new DataOut(
                (BasicHeader.flags(header) & BasicHeader.FINAL) != 0,
                header.getLong(BasicHeader.LUN),
                header.getInt(BasicHeader.TASK_TAG),
                header.getInt(BasicHeader.TRANSFER_TAG),
                header.getInt(BasicHeader.EXP_STAT_SN),
                header.getInt(DATA_SN),
                header.getInt(BUFFER_OFFSET));
    }

    @Override
    public void write(ByteBuffer header) {
        BasicHeader.start(header, Opcode.DATA_OUT, BasicHeader.bit(isFinal, BasicHeader.FINAL));
        header.putLong(BasicHeader.LUN, lun)
                .putInt(BasicHeader.TASK_TAG, taskTag)
                .putInt(BasicHeader.TRANSFER_TAG, transferTag)
                .putInt(BasicHeader.EXP_STAT_SN, expStatSn)
                .putInt(DATA_SN, dataSn)
                .putInt(BUFFER_OFFSET, bufferOffset);
    }
}
