package io.stowage.iscsi.pdu;

import java.nio.ByteBuffer;

/**
 * A task management function. RFC 7143, section 11.5.
 *
 * @param function one of the constants, or another number below 128
 * @param referencedTag the task to abort, otherwise {@link Pdu#RESERVED_TAG}
 * @param refCmdSn CmdSN of the task to abort
 */
public record TaskManagementRequest(
        boolean immediate,
        int function,
        long lun,
        int taskTag,
        int referencedTag,
        int cmdSn,
        int expStatSn,
        int refCmdSn,
        int expDataSn)
        implements InitiatorPdu {

    public static final int ABORT_TASK = 1;
    public static final int ABORT_TASK_SET = 2;
    public static final int CLEAR_ACA = 3;
    public static final int CLEAR_TASK_SET = 4;
    public static final int LOGICAL_UNIT_RESET = 5;
    public static final int TARGET_WARM_RESET = 6;
    public static final int TARGET_COLD_RESET = 7;
    public static final int TASK_REASSIGN = 8;

    private static final int FUNCTION_MASK = 0x7F;
    private static final int REFERENCED_TAG = 20;
    private static final int REF_CMD_SN = 32;
    private static final int EXP_DATA_SN = 36;

    static TaskManagementRequest parse(ByteBuffer header) {
        return new TaskManagementRequest(
                BasicHeader.immediate(header),
                BasicHeader.flags(header) & FUNCTION_MASK,
                header.getLong(BasicHeader.LUN),
                header.getInt(BasicHeader.TASK_TAG),
                header.getInt(REFERENCED_TAG),
                header.getInt(BasicHeader.CMD_SN),
                header.getInt(BasicHeader.EXP_STAT_SN),
                header.getInt(REF_CMD_SN),
                header.getInt(EXP_DATA_SN));
    }

    @Override
    public void write(ByteBuffer header) {
        BasicHeader.start(
                header,
                Opcode.TASK_MANAGEMENT_REQUEST | BasicHeader.bit(immediate, BasicHeader.IMMEDIATE),
                BasicHeader.FINAL | function & FUNCTION_MASK);
        header.putLong(BasicHeader.LUN, lun)
                .putInt(BasicHeader.TASK_TAG, taskTag)
                .putInt(REFERENCED_TAG, referencedTag)
                .putInt(BasicHeader.CMD_SN, cmdSn)
                .putInt(BasicHeader.EXP_STAT_SN, expStatSn)
                .putInt(REF_CMD_SN, refCmdSn)
                .putInt(EXP_DATA_SN, expDataSn);
    }
}
