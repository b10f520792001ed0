package io.stowage.iscsi.pdu;

import java.nio.ByteBuffer;

/**
 * The target's side of a login step. RFC 7143, section 11.13.
 *
 * @param transit the target goes on to {@code next} together with the initiator
 * @param continued the text goes on in the next response
 * @param tsih 0 until the last response of a new session
 * @param counters StatSN has no meaning when the status is an error
 */
public record LoginResponse(
        boolean transit,
        boolean continued,
        LoginStage current,
        LoginStage next,
        Isid isid,
        int tsih,
        int taskTag,
        Counters counters,
        LoginStatus status)
        implements TargetPdu {

    private static final int STATUS = 36;

    static LoginResponse parse(ByteBuffer header) {
        int flags = BasicHeader.flags(header);
        return new LoginResponse(
                (flags & LoginRequest.TRANSIT) != 0,
                (flags & LoginRequest.CONTINUE) != 0,
                LoginStage.of(flags >> LoginRequest.CURRENT_SHIFT),
                LoginStage.of(flags),
                Isid.parse(header, LoginRequest.ISID),
                header.getShort(LoginRequest.TSIH) & 0xFFFF,
                header.getInt(BasicHeader.TASK_TAG),
                Counters.parse(header),
                new LoginStatus(header.getShort(STATUS) & 0xFFFF));
    }

    /** Writes protocol version 0, the only one there is. */
    @Override
    public void write(ByteBuffer header) {
        BasicHeader.start(header, Opcode.LOGIN_RESPONSE, LoginRequest.flags(transit, continued, current, next));
        isid.write(header, LoginRequest.ISID);
        header.putShort(LoginRequest.TSIH, (short) tsih)
                .putInt(BasicHeader.TASK_TAG, taskTag)
                .putShort(STATUS, (short) status.code());
        counters.write(header);
    }
}
