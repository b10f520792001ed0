package io.stowage.array.namespace;

/**
 * Something that a host is to be told. Base 2.0, section 5.2.
 *
 * @param type 0 error, 1 health, 2 notice, 6 I/O command set, 7 vendor
 * @param information what it is, by type: figures 146 to 150
 * @param logPage where more is to be learnt, whose reading lets events of this kind through again
 */
public record AsyncEvent(int type, int information, int logPage) {
    /** Namespaces were attached, detached or changed. */
    public static final AsyncEvent NAMESPACES_CHANGED = new AsyncEvent(2, 0x00, 0x04);

    /** Asymmetric namespace access has changed. */
    public static final AsyncEvent ACCESS_CHANGED = new AsyncEvent(2, 0x03, 0x0C);

    /** A reservation notification is there. */
    public static final AsyncEvent RESERVATION = new AsyncEvent(6, 0x00, 0x80);

    /** Dword 0 of the completion. */
    public long result() {
        return type | (long) information << 8 | (long) logPage << 16;
    }
}
