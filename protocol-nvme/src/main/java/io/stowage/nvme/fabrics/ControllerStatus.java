package io.stowage.nvme.fabrics;

/** CSTS, how a controller stands; Base 2.0, figure 47. */
public record ControllerStatus(int value) {
    private static final int READY = 1;
    private static final int FATAL = 1 << 1;
    private static final int SHUTDOWN_SHIFT = 2;

    /** SHST. */
    public enum Shutdown {
        NONE,
        OCCURRING,
        COMPLETE
    }

    public static ControllerStatus of(boolean ready, Shutdown shutdown) {
        return new ControllerStatus((ready ? READY : 0) | shutdown.ordinal() << SHUTDOWN_SHIFT);
    }

    public boolean isReady() {
        return (value & READY) != 0;
    }

    /** CFS: it can't go on. */
    public boolean isFatal() {
        return (value & FATAL) != 0;
    }

    public boolean isShutDown() {
        return (value >>> SHUTDOWN_SHIFT & 3) == Shutdown.COMPLETE.ordinal();
    }
}
