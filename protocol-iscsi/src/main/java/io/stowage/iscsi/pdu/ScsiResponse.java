package io.stowage.iscsi.pdu;

import java.nio.ByteBuffer;

/**
 * The end of a SCSI command. RFC 7143, section 11.4. The data segment holds sense data behind its 2-byte length.
 *
 * @param response 0 completed at the target, 1 target failure
 * @param status SCSI status, meaningful only when {@code response} is 0
 * @param expDataSn number of Data-In or R2T PDUs that were sent for the command
 */
public record ScsiResponse(int taskTag, int response, int status, Counters counters, int expDataSn, Residual residual)
        implements TargetPdu {

    /** The command was carried out or refused by the logical unit; {@code status} says how. */
    public static final int COMPLETED = 0;

    /** The target failed; the status has no meaning. */
    public static final int TARGET_FAILURE = 1;

    private static final int RESPONSE = 2;
    private static final int STATUS = 3;
    private static final int EXP_DATA_SN = 36;
    private static final int RESIDUAL = 44;

    static ScsiResponse parse(ByteBuffer header) {
        return new ScsiResponse(
                header.getInt(BasicHeader.TASK_TAG),
                header.get(RESPONSE) & 0xFF,
                header.get(STATUS) & 0xFF,
                Counters.parse(header),
                header.getInt(EXP_DATA_SN),
                Residual.parse(BasicHeader.flags(header), header.getInt(RESIDUAL)));
    }

    @Override
    public void write(ByteBuffer header) {
        BasicHeader.start(header, Opcode.SCSI_RESPONSE, BasicHeader.FINAL | residual.flags());
        header.put(RESPONSE, (byte) response)
                .put(STATUS, (byte) status)
                .putInt(BasicHeader.TASK_TAG, taskTag)
                .putInt(EXP_DATA_SN, expDataSn)
                .putInt(RESIDUAL, residual.count());
        counters.write(header);
    }
}
