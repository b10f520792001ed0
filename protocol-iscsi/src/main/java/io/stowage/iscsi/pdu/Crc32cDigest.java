package io.stowage.iscsi.pdu;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * Header and data digests: CRC32C, sent least significant byte first. RFC 7143, section 13.1 and appendix A.4. The
 * data digest covers the padding too. Not safe for use by several threads.
 */
public final class Crc32cDigest {

    /** Bytes of a digest. */
    public static final int LENGTH = 4;

    private final CRC32C crc = new CRC32C();

    /** The digest of the buffers' remaining bytes, one after the other; their positions stay as they are. */
    public int of(ByteBuffer... parts) {
        crc.reset();
        for (ByteBuffer part : parts) {
            crc.update(part.duplicate());
        }
        return Integer.reverseBytes((int) crc.getValue());
    }
}
