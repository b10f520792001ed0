package io.stowage.nvme.fabrics;

/** CAP, what a controller can do; Base 2.0, figure 36. */
public record Capabilities(long value) {
    private static final long CONTIGUOUS_QUEUES = 1L << 16;
    private static final int TIMEOUT_SHIFT = 24;
    private static final long NVM_COMMAND_SET = 1L << 37;
    private static final int MIN_PAGE_SHIFT = 48;

    /**
     * Of a controller of the NVM command set, with pages of 4 KiB.
     *
     * @param lastEntry MQES: entries of the longest queue, minus one
     * @param timeout TO: in which it gets ready, in units of 500 ms
     */
    public static Capabilities of(int lastEntry, int timeout) {
        return new Capabilities(lastEntry | CONTIGUOUS_QUEUES | (long) timeout << TIMEOUT_SHIFT | NVM_COMMAND_SET);
    }

    /** MQES: entries of the longest queue, minus one. */
    public int lastEntry() {
        return (int) value & 0xFFFF;
    }

    /** TO: milliseconds in which it gets ready. */
    public int readyMillis() {
        return (int) (value >>> TIMEOUT_SHIFT & 0xFF) * 500;
    }

    /** MPSMIN: bytes of its smallest page. */
    public int smallestPage() {
        return 4096 << (value >>> MIN_PAGE_SHIFT & 0xF);
    }
}
