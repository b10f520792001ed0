package io.stowage.iscsi.pdu;

/**
 * The difference between the bytes a command wanted and the bytes the initiator was ready for. RFC 7143, section
 * 11.4.1 and 11.4.5.
 *
 * @param kind which of the two was larger
 * @param count bytes, unsigned; 0 if and only if the kind is {@link Kind#NONE}
 */
public record Residual(Kind kind, int count) {

    /** Which side had more. */
    public enum Kind {
        /** Both agree. */
        NONE,
        /** Fewer bytes than expected were transferred (U bit). */
        UNDERFLOW,
        /** The command wanted more bytes than expected (O bit). */
        OVERFLOW
    }

    /** Both sides agree. */
    public static final Residual NONE = new Residual(Kind.NONE, 0);

    private static final int OVERFLOW_BIT = 0x04;
    private static final int UNDERFLOW_BIT = 0x02;

    /**
     * The residual of a command.
     *
     * @param expected EDTL, bytes
     * @param wanted bytes the command transfers, or would have if the initiator had let it
     */
    public static Residual of(long expected, long wanted) {
        if (wanted > expected) {
            return new Residual(Kind.OVERFLOW, (int) Math.min(wanted - expected, 0xFFFF_FFFFL));
        }
        return wanted < expected ? new Residual(Kind.UNDERFLOW, (int) (expected - wanted)) : NONE;
    }

    static Residual parse(int flags, int count) {
        if ((flags & OVERFLOW_BIT) != 0) {
            return new Residual(Kind.OVERFLOW, count);
        }
        return (flags & UNDERFLOW_BIT) != 0 ? new Residual(Kind.UNDERFLOW, count) : NONE;
    }

    int flags() {
        return switch (kind) {
            case NONE -> 0;
            case UNDERFLOW -> UNDERFLOW_BIT;
            case OVERFLOW -> OVERFLOW_BIT;
        };
    }
}
