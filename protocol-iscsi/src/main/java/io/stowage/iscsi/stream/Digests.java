package io.stowage.iscsi.stream;

import io.stowage.iscsi.pdu.Crc32cDigest;

/**
 * Which digests a connection uses in the full feature phase.
 *
 * @param header whether basic and additional headers are followed by a CRC32C
 * @param data whether data segments are
 */
public record Digests(boolean header, boolean data) {

    /** As during login. */
    public static final Digests NONE = new Digests(false, false);

    int headerLength() {
        return header ? Crc32cDigest.LENGTH : 0;
    }

    int dataLength() {
        return data ? Crc32cDigest.LENGTH : 0;
    }
}
