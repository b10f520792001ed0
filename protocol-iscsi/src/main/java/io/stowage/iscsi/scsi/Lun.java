package io.stowage.iscsi.scsi;

import java.util.OptionalInt;

/** Logical unit numbers in their 8-byte form. SAM-5, section 4.7: peripheral below 256, flat up to 16383. */
public final class Lun {
    /** The largest number that the flat form holds. */
    public static final int MAX = 16_383;

    private static final int PERIPHERAL_LIMIT = 256;
    private static final int FLAT = 0x4000;
    private static final int METHOD_SHIFT = 14;
    private static final int LEVEL_SHIFT = 48;

    private Lun() {}

    /** The 8 bytes for a number from 0 to {@value #MAX}. */
    public static long encode(int lun) {
        if (lun < 0 || lun > MAX) {
            throw new IllegalArgumentException("LUN " + lun + ": must be 0 to " + MAX);
        }
        return (long) (lun < PERIPHERAL_LIMIT ? lun : FLAT | lun) << LEVEL_SHIFT;
    }

    /** The number in the 8 bytes; empty for other forms, such as well known units or a second level. */
    public static OptionalInt decode(long bytes) {
        int level = (int) (bytes >>> LEVEL_SHIFT);
        if (bytes << 16 != 0) {
            return OptionalInt.empty();
        }
        return switch (level >> METHOD_SHIFT) {
            case 0 -> level < PERIPHERAL_LIMIT ? OptionalInt.of(level) : OptionalInt.empty();
            case 1 -> OptionalInt.of(level & MAX);
            default -> OptionalInt.empty();
        };
    }
}
