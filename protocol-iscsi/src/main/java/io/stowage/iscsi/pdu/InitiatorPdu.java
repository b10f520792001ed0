package io.stowage.iscsi.pdu;

import java.nio.ByteBuffer;

/** What an initiator sends. */
public sealed interface InitiatorPdu extends Pdu
        permits NopOut,
                ScsiCommand,
                TaskManagementRequest,
                LoginRequest,
                TextRequest,
                DataOut,
                LogoutRequest,
                UnknownPdu {

    /** Reads the 48 bytes at the absolute positions 0 to 47. Never fails: see {@link UnknownPdu}. */
    static InitiatorPdu parse(ByteBuffer header) {
        return switch (BasicHeader.opcode(header)) {
            case Opcode.NOP_OUT -> NopOut.parse(header);
            case Opcode.SCSI_COMMAND -> ScsiCommand.parse(header);
            case Opcode.TASK_MANAGEMENT_REQUEST -> TaskManagementRequest.parse(header);
            case Opcode.LOGIN_REQUEST -> LoginRequest.parse(header);
            case Opcode.TEXT_REQUEST -> TextRequest.parse(header);
            case Opcode.DATA_OUT -> DataOut.parse(header);
            case Opcode.LOGOUT_REQUEST -> LogoutRequest.parse(header);
            default -> UnknownPdu.parse(header);
        };
    }
}
