package io.stowage.array.namespace;

/** What a namespace takes, as Identify Namespace tells it. Lengths are in blocks. */
final class NamespaceLimits {
    /** Registrations may outlive a loss of power, all six types, existing keys are ignored as of NVMe 1.3. */
    static final int RESERVATIONS = 0xFF;

    /** What is given up reads as zeros, and Write Zeroes may give up. */
    static final int DEALLOCATION = 0x09;

    /** The store keeps presence by 4 KiB; smaller pieces are rewritten. */
    static final int GRANULARITY = 8;

    /** The store allocates 64 KiB at a time. */
    static final int CHUNK = 128;

    /** Blocks of one source range of a Copy: 16 MiB. */
    static final int COPY_RANGE = 32_768;

    /** Blocks of a Copy: 64 MiB, which takes far less than the time hosts wait for a command. */
    static final int COPY = 131_072;

    /** Source ranges of a Copy. */
    static final int COPY_RANGES = 128;

    private NamespaceLimits() {}
}
