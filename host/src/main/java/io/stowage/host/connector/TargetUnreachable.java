package io.stowage.host.connector;

import java.io.IOException;

/** No portal of a target answers, or the target refuses this host. Nothing is known about the volume. */
public final class TargetUnreachable extends IOException {
    private static final long serialVersionUID = 1L;

    /** @param message one sentence for people */
    public TargetUnreachable(String message) {
        super(message);
    }
}
