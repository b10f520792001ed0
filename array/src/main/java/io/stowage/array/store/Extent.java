package io.stowage.array.store;

/** A range of a volume, in bytes. */
public record Extent(long offset, long length) {
    /** Checks that the range is not empty and not negative. */
    public Extent {
        if (offset < 0 || length <= 0) {
            throw new IllegalArgumentException(
                    "extent of " + length + " bytes at " + offset + ": needs at least 1 byte at 0 or more");
        }
    }

    /** The first byte behind it. */
    public long end() {
        return offset + length;
    }
}
