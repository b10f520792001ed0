package io.stowage.system;

/**
 * Fetching an open file out of another process: pidfd_getfd(2), Linux 5.6. Both processes then share
 * one open file. Needs the right to trace that process (ptrace(2), PTRACE_MODE_ATTACH_REALCREDS).
 */
public final class ForeignDescriptor {
    // One number on every architecture: they are younger than the unified table (asm-generic/unistd.h).
    private static final long PIDFD_OPEN = 434;
    private static final long PIDFD_GETFD = 438;

    private ForeignDescriptor() {}

    /** The open file behind descriptor {@code fd} of process {@code pid}, as a descriptor of ours (close-on-exec). */
    public static int fetch(long pid, int fd) throws SystemError {
        int process = (int) Libc.syscall("pidfd_open " + pid, PIDFD_OPEN, pid, 0, 0);
        try {
            return (int) Libc.syscall("pidfd_getfd " + pid + ":" + fd, PIDFD_GETFD, process, fd, 0);
        } finally {
            Libc.close(process);
        }
    }
}
