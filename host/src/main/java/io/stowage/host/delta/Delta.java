package io.stowage.host.delta;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The stream. Numbers are big-endian; offsets and lengths are multiples of 512 bytes, ascending.
 *
 * <pre>
 * sender to receiver:  BEGIN compares(1) size(8), then any of
 *                      DATA offset(8) length(4) bytes
 *                      ZERO offset(8) length(8)
 *                      and END
 * receiver to sender:  if compares: any of
 *                      SUMS block(8) count(4) count times 32 bytes of SHA-256
 *                      UPTO block(8): all sums of the blocks before were sent
 *                      and END
 * </pre>
 *
 * A block without sum reads as zeroes. The sender says nothing of a block before it has heard UPTO behind it, so that the
 * receiver never reads what it has just written.
 */
final class Delta {
    static final int BEGIN = 'B';
    static final int DATA = 'D';
    static final int ZERO = 'Z';
    static final int SUMS = 'S';
    static final int UPTO = 'U';
    static final int END = 'E';

    /** What one sum stands for, bytes. */
    static final int BLOCK = 64 << 10;

    /** Most bytes of one DATA. */
    static final int LARGEST = 1 << 20;

    /** Blocks between two UPTO at most. */
    static final int WINDOW = 1024;

    static final int SUM = 32;

    private Delta() {}

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every JDK", e);
        }
    }

    static IOException malformed(String what) {
        return new IOException("The other server's stream of blocks is malformed: " + what);
    }
}
