package io.stowage.iscsi.pdu;

/**
 * Class and detail of a login response. RFC 7143, section 11.13.5.
 *
 * @param code class in the upper, detail in the lower byte
 */
public record LoginStatus(int code) {
    public static final LoginStatus SUCCESS = new LoginStatus(0x0000);
    public static final LoginStatus INITIATOR_ERROR = new LoginStatus(0x0200);
    public static final LoginStatus AUTHENTICATION_FAILURE = new LoginStatus(0x0201);
    public static final LoginStatus NOT_AUTHORIZED = new LoginStatus(0x0202);
    public static final LoginStatus TARGET_NOT_FOUND = new LoginStatus(0x0203);
    public static final LoginStatus UNSUPPORTED_VERSION = new LoginStatus(0x0205);
    public static final LoginStatus TOO_MANY_CONNECTIONS = new LoginStatus(0x0206);
    public static final LoginStatus MISSING_PARAMETER = new LoginStatus(0x0207);
    public static final LoginStatus UNSUPPORTED_SESSION_TYPE = new LoginStatus(0x0209);
    public static final LoginStatus NO_SUCH_SESSION = new LoginStatus(0x020A);
    public static final LoginStatus INVALID_DURING_LOGIN = new LoginStatus(0x020B);
    public static final LoginStatus TARGET_ERROR = new LoginStatus(0x0300);
    public static final LoginStatus SERVICE_UNAVAILABLE = new LoginStatus(0x0301);
    public static final LoginStatus OUT_OF_RESOURCES = new LoginStatus(0x0302);

    private static final int REDIRECTION = 1;

    /** Whether the login goes on or is done. */
    public boolean isSuccess() {
        return code >>> 8 == 0;
    }

    /** Whether the initiator is to try the address in TargetAddress. */
    public boolean isRedirection() {
        return code >>> 8 == REDIRECTION;
    }

    /** A few words for people, with the number. */
    @Override
    public String toString() {
        return "%s (0x%04x)".formatted(words(), code);
    }

    private String words() {
        return switch (code) {
            case 0x0000 -> "success";
            case 0x0101 -> "target moved temporarily";
            case 0x0102 -> "target moved permanently";
            case 0x0200 -> "initiator error";
            case 0x0201 -> "authentication failed";
            case 0x0202 -> "not authorized";
            case 0x0203 -> "target not found";
            case 0x0204 -> "target removed";
            case 0x0205 -> "unsupported version";
            case 0x0206 -> "too many connections";
            case 0x0207 -> "missing parameter";
            case 0x0208 -> "cannot include connection in session";
            case 0x0209 -> "session type not supported";
            case 0x020A -> "session does not exist";
            case 0x020B -> "invalid request during login";
            case 0x0300 -> "target error";
            case 0x0301 -> "service unavailable";
            case 0x0302 -> "out of resources";
            default -> "unknown login status";
        };
    }
}
