package io.stowage.nvme.pdu;

/** Why a connection is ended: the FES field of a termination request; TCP Transport 1.0, figures 23 and 24. */
public enum FatalError {
    INVALID_HEADER_FIELD(1),
    SEQUENCE_ERROR(2),
    HEADER_DIGEST_ERROR(3),
    DATA_OUT_OF_RANGE(4),
    /** From the host: more R2Ts than it allowed; from the controller: more data than it allows. */
    LIMIT_EXCEEDED(5),
    UNSUPPORTED_PARAMETER(6);

    private final int code;

    FatalError(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}
