package io.stowage.iscsi.pdu;

import java.nio.ByteBuffer;

/**
 * Read data of a SCSI command, with its status in the last PDU if that is GOOD. RFC 7143, section 11.7.
 *
 * @param isFinal the last PDU of its sequence
 * @param hasStatus whether the PDU also ends the command: then status, StatSN and residual are valid
 * @param status SCSI status, 0 without {@code hasStatus}
 * @param bufferOffset place of the data within the command's data, bytes, unsigned
 */
public record DataIn(
        boolean isFinal,
        boolean hasStatus,
        int status,
        long lun,
        int taskTag,
        Counters counters,
        int dataSn,
        int bufferOffset,
        Residual residual)
        implements TargetPdu {

    private static final int STATUS_BIT = 0x01;
    private static final int STATUS = 3;
    private static final int DATA_SN = 36;
    private static final int BUFFER_OFFSET = 40;
    private static final int RESIDUAL = 44;

    static DataIn parse(ByteBuffer header) {
        int flags = BasicHeader.flags(header);
        boolean hasStatus = (flags & STATUS_BIT) != 0;
        return new DataIn(
                (flags & BasicHeader.FINAL) != 0,
                hasStatus,
                hasStatus ? header.get(STATUS) & 0xFF : 0,
                header.getLong(BasicHeader.LUN),
                header.getInt(BasicHeader.TASK_TAG),
                Counters.parse(header),
                header.getInt(DATA_SN),
                header.getInt(BUFFER_OFFSET),
                hasStatus ? Residual.parse(flags, header.getInt(RESIDUAL)) : Residual.NONE);
    }

    @Override
    public void write(ByteBuffer header) {
        BasicHeader.start(
                header,
                Opcode.DATA_IN,
                BasicHeader.bit(isFinal, BasicHeader.FINAL)
                        | BasicHeader.bit(hasStatus, STATUS_BIT)
                        | residual.flags());
        header.put(STATUS, (byte) status)
                .putLong(BasicHeader.LUN, lun)
                .putInt(BasicHeader.TASK_TAG, taskTag)
                .putInt(BasicHeader.TRANSFER_TAG, RESERVED_TAG)
                .putInt(DATA_SN, dataSn)
                .putInt(BUFFER_OFFSET, bufferOffset)
                .putInt(RESIDUAL, residual.count());
        counters.write(header);
    }
}
