package io.stowage.nvme.command;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What the reservation commands carry: two keys, of which Release has only the first. Base 2.0, sections 7.2 to 7.5.
 *
 * @param current CRKEY, the key that the host is registered with
 * @param other NRKEY or PRKEY: the new key, or that of whom is to be preempted
 */
public record ReservationKeys(long current, long other) {
    /** Bytes of the data of Register and Acquire. */
    public static final int BYTES = 16;

    /** Bytes of the data of Release. */
    public static final int RELEASE_BYTES = 8;

    public static final int REGISTER = 0;
    public static final int UNREGISTER = 1;
    public static final int REPLACE = 2;

    public static final int ACQUIRE = 0;
    public static final int PREEMPT = 1;
    public static final int PREEMPT_AND_ABORT = 2;

    public static final int RELEASE = 0;
    public static final int CLEAR = 1;

    /** IEKEY, bit of dword 10: whatever the current key is. */
    public static final int IGNORE_KEY = 1 << 3;

    /** CPTPL of Register, bits 31..30 of dword 10: whether registrations are to outlive a loss of power. */
    public static final int PERSISTENCE_UNCHANGED = 0;

    public static final int PERSISTENCE_OFF = 2;
    public static final int PERSISTENCE_ON = 3;

    /** RTYPE of Acquire and Release, bits 15..8 of dword 10. */
    public static final int WRITE_EXCLUSIVE = 1;

    public static final int EXCLUSIVE_ACCESS = 2;
    public static final int WRITE_EXCLUSIVE_REGISTRANTS_ONLY = 3;
    public static final int EXCLUSIVE_ACCESS_REGISTRANTS_ONLY = 4;
    public static final int WRITE_EXCLUSIVE_ALL_REGISTRANTS = 5;
    public static final int EXCLUSIVE_ACCESS_ALL_REGISTRANTS = 6;

    /** The 16 bytes, position 0. */
    public ByteBuffer encode() {
        return ByteBuffer.allocate(BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(0, current)
                .putLong(8, other);
    }

    /**
     * Reads 16 bytes, or the 8 of Release.
     *
     * @throws IndexOutOfBoundsException there are fewer
     */
    public static ReservationKeys parse(ByteBuffer data) {
        ByteBuffer in = data.slice().order(ByteOrder.LITTLE_ENDIAN);
        return new ReservationKeys(in.getLong(0), in.limit() < BYTES ? 0 : in.getLong(8));
    }
}
