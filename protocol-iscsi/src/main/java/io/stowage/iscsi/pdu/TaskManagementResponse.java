package io.stowage.iscsi.pdu;

import java.nio.ByteBuffer;

/**
 * The outcome of a task management function; carries no data. RFC 7143, section 11.6.
 *
 * @param response one of the constants
 */
public record TaskManagementResponse(int response, int taskTag, Counters counters) implements TargetPdu {

    public static final int COMPLETE = 0;
    public static final int NO_SUCH_TASK = 1;
    public static final int NO_SUCH_LUN = 2;
    public static final int REASSIGN_UNSUPPORTED = 4;
    public static final int UNSUPPORTED = 5;
    public static final int REJECTED = 255;

    private static final int RESPONSE = 2;

    static TaskManagementResponse parse(ByteBuffer header) {
        return new TaskManagementResponse(
                header.get(RESPONSE) & 0xFF, header.getInt(BasicHeader.TASK_TAG), Counters.parse(header));
    }

    @Override
    public void write(ByteBuffer header) {
        BasicHeader.start(header, Opcode.TASK_MANAGEMENT_RESPONSE, BasicHeader.FINAL);
        header.put(RESPONSE, (byte) response).putInt(BasicHeader.TASK_TAG, taskTag);
        counters.write(header);
    }
}
