package io.stowage.iscsi.pdu;

/** Serial number arithmetic of 32 bits, as CmdSN and StatSN need it. RFC 1982; RFC 7143, section 4.2.2. */
public final class SerialNumber {
    private SerialNumber() {}

    /** Whether {@code a} comes before {@code b}. */
    public static boolean isBefore(int a, int b) {
        return a - b < 0;
    }

    /** Whether {@code first <= number <= last}. */
    public static boolean isWithin(int number, int first, int last) {
        return !isBefore(number, first) && !isBefore(last, number);
    }
}
