package io.stowage.host.connector;

import java.io.IOException;

/** The unit under this number is another volume than the expected one. Nothing was written to it. */
public final class IdentityMismatch extends IOException {
    private static final long serialVersionUID = 1L;

    /** @param message one sentence for people */
    public IdentityMismatch(String message) {
        super(message);
    }
}
