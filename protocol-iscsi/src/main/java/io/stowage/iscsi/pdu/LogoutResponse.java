package io.stowage.iscsi.pdu;

import java.nio.ByteBuffer;

/**
 * The end of a session or connection; carries no data. RFC 7143, section 11.15.
 *
 * @param response one of the constants
 * @param time2Wait seconds to wait before the connection may be reinstated
 * @param time2Retain seconds after {@code time2Wait} for which the target keeps the tasks
 */
public record LogoutResponse(int response, int taskTag, Counters counters, int time2Wait, int time2Retain)
        implements TargetPdu {

    public static final int CLOSED = 0;
    public static final int NO_SUCH_CONNECTION = 1;
    public static final int RECOVERY_UNSUPPORTED = 2;

    private static final int RESPONSE = 2;
    private static final int TIME2WAIT = 40;
    private static final int TIME2RETAIN = 42;

    static LogoutResponse parse(ByteBuffer header) {
        return new LogoutResponse(
                header.get(RESPONSE) & 0xFF,
                header.getInt(BasicHeader.TASK_TAG),
                Counters.parse(header),
                header.getShort(TIME2WAIT) & 0xFFFF,
                header.getShort(TIME2RETAIN) & 0xFFFF);
    }

    @Override
    public void write(ByteBuffer header) {
        BasicHeader.start(header, Opcode.LOGOUT_RESPONSE, BasicHeader.FINAL);
        header.put(RESPONSE, (byte) response)
                .putInt(BasicHeader.TASK_TAG, taskTag)
                .putShort(TIME2WAIT, (short) time2Wait)
                .putShort(TIME2RETAIN, (short) time2Retain);
        counters.write(header);
    }
}
