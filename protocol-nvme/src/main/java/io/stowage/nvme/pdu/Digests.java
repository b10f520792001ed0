package io.stowage.nvme.pdu;

/**
 * Which digests a connection uses after its initialization.
 *
 * @param header whether headers are followed by a CRC32C
 * @param data whether data are
 */
public record Digests(boolean header, boolean data) {
    public static final Digests NONE = new Digests(false, false);

    private static final int HEADER = 1;
    private static final int DATA = 2;

    /** As the DGST field of ICReq and ICResp has them; further bits count nothing. */
    public static Digests of(int bits) {
        return new Digests((bits & HEADER) != 0, (bits & DATA) != 0);
    }

    /** The DGST field. */
    public int bits() {
        return (header ? HEADER : 0) | (data ? DATA : 0);
    }

    /** Bytes behind each header. */
    public int headerLength() {
        return header ? Crc32cDigest.BYTES : 0;
    }

    /** Bytes behind each piece of data. */
    public int dataLength() {
        return data ? Crc32cDigest.BYTES : 0;
    }
}
