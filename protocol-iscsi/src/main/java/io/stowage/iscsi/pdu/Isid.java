package io.stowage.iscsi.pdu;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * The initiator's part of the session identifier, 6 bytes. RFC 7143, section 11.12.5. Together with the initiator's
 * name it names the initiator port: the same ISID towards the same target port reinstates the session.
 *
 * @param value the 48 bits
 */
public record Isid(long value) {
    private static final long MASK = 0xFFFF_FFFF_FFFFL;

    /** T bits 10b: the rest is random. RFC 7143, section 11.12.5. */
    private static final long RANDOM_TYPE = 0x80L << 40;

    private static final long TYPE_BYTE = 0xFFL << 40;

    public Isid {
        if ((value & ~MASK) != 0) {
            throw new IllegalArgumentException("ISID " + Long.toHexString(value) + " has more than 48 bits");
        }
    }

    /** A new ISID of the random type. */
    public static Isid random(RandomGenerator random) {
        return new Isid(random.nextLong() & MASK & ~TYPE_BYTE | RANDOM_TYPE);
    }

    static Isid parse(ByteBuffer header, int offset) {
        return new Isid((header.getShort(offset) & 0xFFFFL) << 32 | header.getInt(offset + 2) & 0xFFFF_FFFFL);
    }

    void write(ByteBuffer header, int offset) {
        header.putShort(offset, (short) (value >>> 32)).putInt(offset + 2, (int) value);
    }

    /** Twelve lower-case hex digits. */
    @Override
    public String toString() {
        return HexFormat.of().toHexDigits(value, 12);
    }
}
