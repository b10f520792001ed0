package io.stowage.nvme.fabrics;

/** CSTS, how a controller stands; Base 2.0, figure 47. */
public record ControllerStatus(int value) {
    private static final int READY = 1;
    private static final int FATAL = 1 << 1;
    private static final int SHUTDOWN_SHIFT = 2;
    private static final int SHUTDOWN_COMPLETE = 2;

    /** @param shutDown whether a shutdown was asked for and is complete */
    public static ControllerStatus of(boolean ready, boolean shutDown) {
        return new ControllerStatus((ready ? READY : 0) | (shutDown ? SHUTDOWN_COMPLETE << SHUTDOWN_SHIFT : 0));
    }

    public boolean isReady() {
        return (value & READY) != 0;
    }

    /** CFS: it can't go on. */
    public boolean isFatal() {
        return (value & FATAL) != 0;
    }

    public boolean isShutDown() {
        return (value >>> SHUTDOWN_SHIFT & 3) == SHUTDOWN_COMPLETE;
    }
}
