package io.stowage.iscsi.login;

import io.stowage.iscsi.pdu.LoginStatus;

/** The login can't go on. Carries the status that a target puts into its last response. */
public final class LoginFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient LoginStatus status;

    /** @param message one sentence for the log, never with a secret */
    public LoginFailure(LoginStatus status, String message) {
        super(message);
        this.status = status;
    }

    /** Class and detail as they go over the wire. */
    public LoginStatus status() {
        return status;
    }
}
