package io.stowage.array.iscsi;

import io.stowage.iscsi.pdu.SerialNumber;

/**
 * Which command numbers a session accepts. RFC 7143, section 4.2.2.1. Guarded by the session's
 * lock.
 *
 * <p>The window closes while many commands are under way, so that an initiator can't pile up work, and its end never
 * goes back.
 */
final class CommandWindow {
    private final int depth;
    private int expected;
    private int max;

    /**
     * The window of a new session.
     *
     * @param first the number of the first command
     * @param depth commands that may be under way
     */
    CommandWindow(int first, int depth) {
        this.depth = depth;
        this.expected = first;
        this.max = first + depth - 1;
    }

    /**
     * Takes the number of a PDU that isn't immediate.
     *
     * @param underWay commands under way before it
     * @return false if it is outside, and the PDU to be ignored
     */
    boolean accept(int cmdSn, int underWay) {
        // There is one connection, so a number that isn't the next one will never be followed by those left out.
        if (cmdSn != expected || SerialNumber.isBefore(max(underWay), cmdSn)) {
            return false;
        }
        expected++;
        return true;
    }

    int expected() {
        return expected;
    }

    /** The last number accepted, when this many commands are under way. */
    int max(int underWay) {
        int wanted = expected + Math.max(depth - underWay, 0) - 1;
        if (SerialNumber.isBefore(max, wanted)) {
            max = wanted;
        }
        return max;
    }
}
