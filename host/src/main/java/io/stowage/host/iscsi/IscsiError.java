package io.stowage.host.iscsi;

import io.stowage.system.Errno;
import java.io.IOException;

/** A command that the target will not carry out, with the errno that says so on Linux. */
public final class IscsiError extends IOException {
    private static final long serialVersionUID = 1L;

    private final int errno;

    IscsiError(int errno, String message) {
        super(message + " (" + Errno.describe(errno) + ")");
        this.errno = errno;
    }

    /** As Linux numbers it. */
    public int errno() {
        return errno;
    }
}
