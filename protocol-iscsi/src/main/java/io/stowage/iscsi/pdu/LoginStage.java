package io.stowage.iscsi.pdu;

/** The stages of a login, with the numbers of the CSG and NSG fields. RFC 7143, section 11.12.3. */
public enum LoginStage {
    SECURITY(0),
    OPERATIONAL(1),
    /** 2 is not assigned; a peer that sends it breaks the protocol. */
    RESERVED(2),
    FULL_FEATURE(3);

    private static final LoginStage[] BY_CODE = values();

    private final int code;

    LoginStage(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    static LoginStage of(int code) {
        return BY_CODE[code & 3];
    }
}
