package io.stowage.host.connector;

import java.io.IOException;

/** The target answers, but has no such unit for this host. */
public final class UnitMissing extends IOException {
    private static final long serialVersionUID = 1L;

    /** @param message one sentence for people */
    public UnitMissing(String message) {
        super(message);
    }
}
