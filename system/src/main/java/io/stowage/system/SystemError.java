package io.stowage.system;

import java.io.IOException;

/** A system call that failed, with its errno. */
public final class SystemError extends IOException {
    private static final long serialVersionUID = 1;

    private final int errno;

    SystemError(String call, int errno) {
        super(call + ": " + Errno.describe(errno));
        this.errno = errno;
    }

    /** The error of a raw call. */
    public static SystemError of(String call, int errno) {
        return new SystemError(call, errno);
    }

    /** The errno as Linux numbers it; see {@link Errno}. */
    public int errno() {
        return errno;
    }
}
