package io.stowage.nvme.fabrics;

/** CC, how the host wants its controller; Base 2.0, figure 46. */
public record Configuration(int value) {
    private static final int ENABLE = 1;

    /** Entries of 64 and of 16 bytes, pages of 4 KiB, NVM commands: as Linux sets it, not enabled. */
    public static final Configuration USUAL = new Configuration(0x0046_0000);

    private static final int SHUTDOWN_SHIFT = 14;
    private static final int SHUTDOWN = 3 << SHUTDOWN_SHIFT;
    private static final int NORMAL_SHUTDOWN = 1 << SHUTDOWN_SHIFT;

    public boolean isEnabled() {
        return (value & ENABLE) != 0;
    }

    /** Whether it asks for a shutdown of any kind. */
    public boolean shutsDown() {
        return (value & SHUTDOWN) != 0;
    }

    /** CSS: 0 for the NVM command set. */
    public int commandSet() {
        return value >>> 4 & 7;
    }

    /** MPS: 0 for pages of 4 KiB. */
    public int pageSize() {
        return value >>> 7 & 0xF;
    }

    public Configuration enabled() {
        return new Configuration(value | ENABLE);
    }

    public Configuration disabled() {
        return new Configuration(value & ~ENABLE);
    }

    public Configuration shuttingDown() {
        return new Configuration(value & ~SHUTDOWN | NORMAL_SHUTDOWN);
    }
}
