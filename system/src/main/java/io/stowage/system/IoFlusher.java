package io.stowage.system;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Tells the kernel that a thread carries block I/O: memory it needs is then never made free by waiting
 * for that same I/O. PR_SET_IO_FLUSHER, prctl(2), Linux 5.6; needs CAP_SYS_RESOURCE.
 */
public final class IoFlusher {
    private static final System.Logger LOG = System.getLogger(IoFlusher.class.getName());
    private static final int PR_SET_IO_FLUSHER = 57;
    private static final AtomicBoolean TOLD = new AtomicBoolean();

    private IoFlusher() {}

    /** Marks the calling platform thread; where that is not allowed, says so once and goes on. */
    public static void mark() {
        try {
            Libc.prctl(PR_SET_IO_FLUSHER, 1);
        } catch (SystemError e) {
            if (TOLD.compareAndSet(false, true)) {
                LOG.log(
                        System.Logger.Level.INFO,
                        "Threads that carry block I/O are not marked as such ({0}): keep the server out of"
                                + " memory cgroups that its volumes'' users fill",
                        e.getMessage());
            }
        }
    }
}
