package io.stowage.host.export;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * What an exporter shows as a block device. Called by many threads at once, each call blocking until
 * it is done; overlapping calls may be carried out in any order. Every call may be repeated after a
 * crash with the same arguments, also when the first one was carried out. An exception becomes an
 * I/O error of the device: whoever wants retries does them below.
 *
 * <p>Offsets and lengths are bytes, multiples of 512, within the size.
 */
public interface BlockSource {
    /** Bytes; a multiple of 512. May grow while exported: see {@link ExportedDevice#resized}. */
    long size();

    /** Fills the buffer from its position to its limit. It is a direct buffer, valid during the call. */
    void read(long offset, ByteBuffer target) throws IOException;

    /** Writes what remains in the buffer. It is a direct buffer, valid during the call. */
    void write(long offset, ByteBuffer source) throws IOException;

    /**
     * The range is not needed any more: it reads as zeroes afterwards and its space may be given back.
     * Zeroes for sure, as a loop device sends discards and zeroes as the same request. Any length.
     */
    void discard(long offset, long length) throws IOException;

    /** The range reads as zeroes afterwards and keeps its space where the source can do that. Any length. */
    void writeZeroes(long offset, long length) throws IOException;

    /** Every write that was answered before this call is durable when it returns. */
    void flush() throws IOException;
}
