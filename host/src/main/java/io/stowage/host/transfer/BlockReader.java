package io.stowage.host.transfer;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Block content that is read by offset; it doesn't change meanwhile. Safe for many threads. */
public interface BlockReader {
    /** What buffers have to be aligned to, in memory. */
    int ALIGNMENT = 4096;

    /** Bytes; a multiple of 512. */
    long size();

    /** Where there may be something else than zeroes. */
    ExtentMap data();

    /**
     * Fills the buffer from its position to its limit.
     *
     * @param offset a multiple of 512, as the buffer's remaining bytes are; both within the size
     * @param into of {@link #buffer}, or a slice of one at a multiple of 512
     */
    void read(long offset, ByteBuffer into) throws IOException;

    /** A buffer that devices can be read into, and written from, without the kernel's cache. */
    static ByteBuffer buffer(int bytes) {
        ByteBuffer roomy = ByteBuffer.allocateDirect(bytes + ALIGNMENT);
        int past = roomy.alignmentOffset(0, ALIGNMENT);
        return roomy.slice(past == 0 ? 0 : ALIGNMENT - past, bytes);
    }
}
