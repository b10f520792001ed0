package io.stowage.iscsi.stream;

import io.stowage.iscsi.pdu.BasicHeader;
import io.stowage.iscsi.pdu.Crc32cDigest;
import io.stowage.iscsi.pdu.Pdu;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.GatheringByteChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * Gathers PDUs and writes them to a blocking channel together: one write for many responses is worth more than any
 * other measure. Not safe for use by several threads at once; the owner guards it.
 *
 * <p>Small data is copied, large data is referred to until {@link #flush} and must not change before.
 */
public final class PduWriter {
    /** Up to here a copy costs less than a further element of the gathering write. */
    private static final int COPY_LIMIT = 16 * 1024;

    private static final int MAX_OVERHEAD = BasicHeader.LENGTH + 2 * Crc32cDigest.LENGTH + 3;

    private static final int MAX_REFERENCED = 256;

    private final GatheringByteChannel out;
    private final ByteBuffer staging;
    private final List<ByteBuffer> referenced = new ArrayList<>();
    private final Crc32cDigest crc = new Crc32cDigest();
    private Digests digests = Digests.NONE;
    /** Where the part of the staging buffer begins that isn't in {@link #referenced} yet. */
    private int start;

    /**
     * A writer without digests, as a login begins.
     *
     * @param bufferLength bytes of its own buffer, at least 32 KiB; data that {@link #claim} is asked for must fit
     */
    public PduWriter(GatheringByteChannel out, int bufferLength) {
        if (bufferLength < 2 * COPY_LIMIT) {
            throw new IllegalArgumentException(
                    "buffer of " + bufferLength + " bytes: must be " + 2 * COPY_LIMIT + " or more");
        }
        this.out = out;
        this.staging = ByteBuffer.allocateDirect(bufferLength);
    }

    /** What holds from the next PDU on, as it was negotiated. */
    public void negotiated(Digests digests) {
        this.digests = digests;
    }

    /** Adds a PDU without data. Writes to the channel only when the buffer is full. */
    public void add(Pdu pdu) throws IOException {
        makeRoom(0);
        putHeader(pdu, 0);
    }

    /** Adds a PDU with the remaining bytes of {@code data}, whose position stays as it is. */
    public void add(Pdu pdu, ByteBuffer data) throws IOException {
        int length = data.remaining();
        if (length <= COPY_LIMIT) {
            makeRoom(length);
            putHeader(pdu, length);
            ByteBuffer copy = staging.slice(staging.position(), length).put(data.duplicate());
            staging.position(staging.position() + length);
            putTrailer(copy.flip());
            return;
        }
        makeRoom(0);
        putHeader(pdu, length);
        closePart();
        referenced.add(data.slice());
        putTrailer(data.slice());
    }

    /**
     * A piece of the writer's own buffer that can be filled with the data of a PDU and handed to {@link #addClaimed}
     * without a copy. Any other call in between gives the claim up.
     *
     * @param length bytes, at most {@link #claimLimit}
     */
    public ByteBuffer claim(int length) throws IOException {
        if (length > claimLimit()) {
            throw new IllegalArgumentException("claim of " + length + " bytes: at most " + claimLimit());
        }
        makeRoom(length);
        return staging.slice(staging.position() + BasicHeader.LENGTH + digests.headerLength(), length);
    }

    /** The longest piece that {@link #claim} gives, bytes. */
    public int claimLimit() {
        return staging.capacity() - MAX_OVERHEAD;
    }

    /** Adds a PDU whose data was written to the claimed piece; all of it, from 0 to its capacity, is the data. */
    public void addClaimed(Pdu pdu, ByteBuffer claimed) {
        int length = claimed.capacity();
        putHeader(pdu, length);
        staging.position(staging.position() + length);
        putTrailer(claimed.duplicate().clear());
    }

    /** Whether there is nothing to flush. */
    public boolean isEmpty() {
        return staging.position() == 0;
    }

    /** Writes everything to the channel; blocks until it took all. */
    public void flush() throws IOException {
        if (isEmpty()) {
            return;
        }
        closePart();
        ByteBuffer[] parts = referenced.toArray(ByteBuffer[]::new);
        referenced.clear();
        staging.clear();
        start = 0;
        int first = 0;
        while (first < parts.length) {
            out.write(parts, first, parts.length - first);
            while (first < parts.length && !parts[first].hasRemaining()) {
                first++;
            }
        }
    }

    private void makeRoom(int dataLength) throws IOException {
        if (staging.remaining() < dataLength + MAX_OVERHEAD || referenced.size() >= MAX_REFERENCED) {
            flush();
        }
    }

    private void putHeader(Pdu pdu, int dataLength) {
        int at = staging.position();
        ByteBuffer header = staging.slice(at, BasicHeader.LENGTH);
        pdu.write(header);
        BasicHeader.putDataLength(header, dataLength);
        staging.position(at + BasicHeader.LENGTH);
        if (digests.header()) {
            staging.putInt(crc.of(header));
        }
    }

    private void putTrailer(ByteBuffer data) {
        int padding = BasicHeader.padding(data.remaining());
        int at = staging.position();
        for (int i = 0; i < padding; i++) {
            staging.put((byte) 0);
        }
        if (digests.data() && data.hasRemaining()) {
            staging.putInt(crc.of(data, staging.slice(at, padding)));
        }
    }

    private void closePart() {
        if (staging.position() > start) {
            referenced.add(staging.slice(start, staging.position() - start));
            start = staging.position();
        }
    }
}
