package io.stowage.iscsi.pdu;

import java.nio.ByteBuffer;

/** What a target sends. */
public sealed interface TargetPdu extends Pdu
        permits NopIn,
                ScsiResponse,
                TaskManagementResponse,
                LoginResponse,
                TextResponse,
                DataIn,
                LogoutResponse,
                ReadyToTransfer,
                AsyncMessage,
                Reject,
                UnknownPdu {

    /** Reads the 48 bytes at the absolute positions 0 to 47. Never fails: see {@link UnknownPdu}. */
    static TargetPdu parse(ByteBuffer header) {
        return switch (BasicHeader.opcode(header)) {
            case Opcode.NOP_IN -> NopIn.parse(header);
            case Opcode.SCSI_RESPONSE -> ScsiResponse.parse(header);
            case Opcode.TASK_MANAGEMENT_RESPONSE -> TaskManagementResponse.parse(header);
            case Opcode.LOGIN_RESPONSE -> LoginResponse.parse(header);
            case Opcode.TEXT_RESPONSE -> TextResponse.parse(header);
            case Opcode.DATA_IN -> DataIn.parse(header);
            case Opcode.LOGOUT_RESPONSE -> LogoutResponse.parse(header);
            case Opcode.R2T -> ReadyToTransfer.parse(header);
            case Opcode.ASYNC_MESSAGE -> AsyncMessage.parse(header);
            case Opcode.REJECT -> Reject.parse(header);
            default -> UnknownPdu.parse(header);
        };
    }

    /** The counters every target PDU carries. */
    Counters counters();
}
