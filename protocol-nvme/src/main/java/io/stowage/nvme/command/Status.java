package io.stowage.nvme.command;

/**
 * How a command ended: the status field of a completion queue entry without its phase tag. Base 2.0, section 3.3.3.2.1.
 *
 * @param field bits 7..0 status code, 10..8 its type, 12..11 command retry delay, 13 more, 14 do not retry
 */
public record Status(int field) {
    private static final int DO_NOT_RETRY = 1 << 14;

    public static final Status SUCCESS = new Status(0);

    // Generic, figure 94.
    public static final Status INVALID_OPCODE = never(0x001);
    public static final Status INVALID_FIELD = never(0x002);
    public static final Status COMMAND_ID_CONFLICT = never(0x003);
    public static final Status DATA_TRANSFER_ERROR = again(0x004);
    public static final Status INTERNAL_ERROR = again(0x006);
    public static final Status ABORT_REQUESTED = never(0x007);
    public static final Status QUEUE_DELETED = again(0x008);
    public static final Status FUSED_FAILED = never(0x009);
    public static final Status FUSED_MISSING = never(0x00A);
    public static final Status INVALID_NAMESPACE = never(0x00B);
    public static final Status COMMAND_SEQUENCE_ERROR = never(0x00C);
    public static final Status SGL_LENGTH_INVALID = never(0x00F);
    public static final Status SGL_TYPE_INVALID = never(0x011);
    public static final Status SGL_OFFSET_INVALID = never(0x016);
    public static final Status HOST_ID_INCONSISTENT = never(0x018);
    public static final Status KEEP_ALIVE_EXPIRED = never(0x019);
    public static final Status KEEP_ALIVE_INVALID = never(0x01A);
    public static final Status ATOMIC_UNIT_EXCEEDED = never(0x014);
    public static final Status SANITIZE_IN_PROGRESS = again(0x01D);
    public static final Status WRITE_PROTECTED = never(0x020);

    // NVM command set, figure 94.
    public static final Status LBA_OUT_OF_RANGE = never(0x080);
    /** Not to be tried again: a thin array does not become empty by itself. */
    public static final Status CAPACITY_EXCEEDED = never(0x081);

    public static final Status NAMESPACE_NOT_READY = again(0x082);
    public static final Status RESERVATION_CONFLICT = never(0x083);

    // Command specific, figures 95 to 97.
    public static final Status ABORT_LIMIT_EXCEEDED = never(0x103);
    public static final Status EVENT_LIMIT_EXCEEDED = never(0x105);
    public static final Status INVALID_LOG_PAGE = never(0x109);
    public static final Status FEATURE_NOT_SAVEABLE = never(0x10D);
    public static final Status FEATURE_NOT_CHANGEABLE = never(0x10E);
    public static final Status FEATURE_NOT_BY_NAMESPACE = never(0x10F);
    public static final Status COMMAND_SIZE_LIMIT = never(0x183);
    public static final Status INCOMPATIBLE_FORMAT = never(0x180);
    public static final Status CONTROLLER_BUSY = again(0x181);
    public static final Status INVALID_CONNECT = never(0x182);
    public static final Status INVALID_HOST = never(0x184);
    public static final Status AUTHENTICATION_REQUIRED = never(0x191);

    // Media and data integrity, figure 98.
    public static final Status WRITE_FAULT = again(0x280);
    public static final Status READ_ERROR = again(0x281);
    public static final Status COMPARE_FAILURE = never(0x285);

    // Path related, figure 99.
    public static final Status ANA_PERSISTENT_LOSS = again(0x301);
    public static final Status ANA_INACCESSIBLE = again(0x302);
    public static final Status ANA_TRANSITION = again(0x303);

    private static Status again(int code) {
        return new Status(code);
    }

    private static Status never(int code) {
        return new Status(code | DO_NOT_RETRY);
    }

    /** Status code type and code, such as 0x285; what specifications and kernels name it by. */
    public int code() {
        return field & 0x7FF;
    }

    /** The status code type: 0 generic, 1 command specific, 2 media, 3 path, 7 vendor. */
    public int type() {
        return field >>> 8 & 7;
    }

    public boolean isSuccess() {
        return code() == 0;
    }

    /** Whether the same command, sent again to any controller of the subsystem, is expected to fail again. */
    public boolean isFinal() {
        return (field & DO_NOT_RETRY) != 0;
    }

    @Override
    public String toString() {
        return isSuccess() ? "success" : "status %03Xh%s".formatted(code(), isFinal() ? "" : " (may be retried)");
    }
}
