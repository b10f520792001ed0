package io.stowage.host.remote;

import io.stowage.system.Errno;
import java.io.IOException;

/** A command that the target will not carry out, with the errno that says so on Linux. */
public final class RemoteError extends IOException {
    private static final long serialVersionUID = 1L;

    private final int errno;

    /** @param errno as Linux numbers it @param message one sentence for people */
    public RemoteError(int errno, String message) {
        super(message + " (" + Errno.describe(errno) + ")");
        this.errno = errno;
    }

    /** As Linux numbers it. */
    public int errno() {
        return errno;
    }
}
