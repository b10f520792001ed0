package io.stowage.model;

/**
 * A range of bytes of a volume, both numbers multiples of 512.
 *
 * @param length above 0
 */
public record Extent(long offset, long length) {
    public Extent {
        if (offset < 0 || length <= 0) {
            throw new IllegalArgumentException("no extent: " + length + " bytes at " + offset);
        }
    }

    /** The first byte behind it. */
    public long end() {
        return offset + length;
    }
}
