package io.stowage.array.core;

/**
 * What all volumes may use together.
 *
 * @param used bytes in use
 * @param free bytes that can still be written
 */
public record Room(long used, long free) {
    /** Above this share of the capacity there is little room left. */
    private static final int LOW_PERCENT = 90;

    /** Whether the soft threshold is passed. */
    public boolean isLow() {
        return used / LOW_PERCENT >= (used + free) / 100 && used > 0;
    }
}
