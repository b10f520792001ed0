package io.stowage.array.flasharray;

/** The limits of sizes in bytes. */
final class Sizes {
    static final long SMALLEST = 1L << 20;
    static final long LARGEST = 4L << 50;
    private static final long GRANULARITY = 512;

    private Sizes() {}

    static long volume(long size, String context) {
        return require(size, context, Wording.VOLUME_SIZE);
    }

    static long quota(long size, String context) {
        return require(size, context, Wording.QUOTA_SIZE);
    }

    private static long require(long size, String context, String rule) {
        if (size < SMALLEST || size > LARGEST || size % GRANULARITY != 0) {
            throw Refusal.of(context, rule);
        }
        return size;
    }
}
