package io.stowage.iscsi.stream;

import java.io.IOException;

/** The peer broke the protocol in a way after which the connection can't go on (error recovery level 0). */
public final class ProtocolViolation extends IOException {
    private static final long serialVersionUID = 1L;

    /** @param message one sentence that names what came and what is allowed */
    public ProtocolViolation(String message) {
        super(message);
    }
}
