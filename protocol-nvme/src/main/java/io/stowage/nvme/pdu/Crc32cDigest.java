package io.stowage.nvme.pdu;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** Header and data digests: CRC32C, in little-endian order on the wire. TCP Transport 1.0, section 3.3.1. Not thread-safe. */
public final class Crc32cDigest {
    /** Bytes of a digest. */
    public static final int BYTES = 4;

    private final CRC32C crc = new CRC32C();

    /** The digest of the bytes between the buffer's position and limit, which stay as they are. */
    public int of(ByteBuffer bytes) {
        int position = bytes.position();
        crc.reset();
        crc.update(bytes);
        bytes.position(position);
        return (int) crc.getValue();
    }
}
