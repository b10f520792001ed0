package io.stowage.iscsi.pdu;

import java.nio.ByteBuffer;

/**
 * R2T: the target asks for write data. RFC 7143, section 11.8.
 *
 * @param transferTag the target's tag, to be repeated in each Data-Out
 * @param bufferOffset first byte wanted, unsigned
 * @param desiredLength bytes wanted, 1 to MaxBurstLength
 */
public record ReadyToTransfer(
        long lun, int taskTag, int transferTag, Counters counters, int r2tSn, int bufferOffset, int desiredLength)
        implements TargetPdu {

    private static final int R2T_SN = 36;
    private static final int BUFFER_OFFSET = 40;
    private static final int DESIRED_LENGTH = 44;

    static ReadyToTransfer parse(ByteBuffer header) {
        return new ReadyToTransfer(
                header.getLong(BasicHeader.LUN),
                header.getInt(BasicHeader.TASK_TAG),
                header.getInt(BasicHeader.TRANSFER_TAG),
                Counters.parse(header),
                header.getInt(R2T_SN),
                header.getInt(BUFFER_OFFSET),
                header.getInt(DESIRED_LENGTH));
    }

    @Override
    public void write(ByteBuffer header) {
        BasicHeader.start(header, Opcode.R2T, BasicHeader.FINAL);
        header.putLong(BasicHeader.LUN, lun)
                .putInt(BasicHeader.TASK_TAG, taskTag)
                .putInt(BasicHeader.TRANSFER_TAG, transferTag)
                .putInt(R2T_SN, r2tSn)
                .putInt(BUFFER_OFFSET, bufferOffset)
                .putInt(DESIRED_LENGTH, desiredLength);
        counters.write(header);
    }
}
