package io.stowage.nvme.pdu;

/** PDU types, the first byte of each; TCP Transport 1.0, figure 20. Hosts send the even ones and R2T is the controller's. */
public final class PduType {
    /** Initialize connection request. */
    public static final int IC_REQ = 0x00;

    /** Initialize connection response. */
    public static final int IC_RESP = 0x01;

    /** The host ends the connection. */
    public static final int H2C_TERM_REQ = 0x02;

    /** The controller ends the connection. */
    public static final int C2H_TERM_REQ = 0x03;

    /** A command, perhaps with data. */
    public static final int CAPSULE_CMD = 0x04;

    /** A completion. */
    public static final int CAPSULE_RESP = 0x05;

    /** Data of a command to the controller, as an R2T asked for. */
    public static final int H2C_DATA = 0x06;

    /** Data of a command to the host. */
    public static final int C2H_DATA = 0x07;

    /** Ready to transfer. */
    public static final int R2T = 0x09;

    private PduType() {}

    /** Bytes of this type's header, HLEN; 0 for a type that doesn't exist. */
    public static int headerLength(int type) {
        return switch (type) {
            case IC_REQ, IC_RESP -> 128;
            case CAPSULE_CMD -> 72;
            case H2C_TERM_REQ, C2H_TERM_REQ, CAPSULE_RESP, H2C_DATA, C2H_DATA, R2T -> 24;
            default -> 0;
        };
    }

    /** Whether PDUs of this type may carry data, in the widest sense: the header in a termination request is some. */
    public static boolean mayHaveData(int type) {
        return switch (type) {
            case H2C_TERM_REQ, C2H_TERM_REQ, CAPSULE_CMD, H2C_DATA, C2H_DATA -> true;
            default -> false;
        };
    }

    /** Whether digests, once agreed on, are part of it. Section 3.3.1. */
    public static boolean mayHaveDigests(int type) {
        return type >= CAPSULE_CMD;
    }

    /** The name the specification has for it. */
    public static String name(int type) {
        return switch (type) {
            case IC_REQ -> "ICReq";
            case IC_RESP -> "ICResp";
            case H2C_TERM_REQ -> "H2CTermReq";
            case C2H_TERM_REQ -> "C2HTermReq";
            case CAPSULE_CMD -> "CapsuleCmd";
            case CAPSULE_RESP -> "CapsuleResp";
            case H2C_DATA -> "H2CData";
            case C2H_DATA -> "C2HData";
            case R2T -> "R2T";
            default -> "type 0x%02x".formatted(type);
        };
    }
}
