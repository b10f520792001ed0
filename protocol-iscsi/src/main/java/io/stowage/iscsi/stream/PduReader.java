package io.stowage.iscsi.stream;

import io.stowage.iscsi.pdu.BasicHeader;
import io.stowage.iscsi.pdu.Crc32cDigest;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/**
 * Reads PDUs from a blocking channel, as many as one read of the channel gives. Owned by one thread.
 *
 * <p>After {@link #next} the data segment is fetched by {@link #data} or {@link #readData}, at most once; what isn't
 * fetched is skipped. Large segments go from the channel straight into the caller's buffer. Additional headers are
 * verified and passed over.
 */
public final class PduReader {
    private static final int MAX_ADDITIONAL = 255 * 4;

    private final ReadableByteChannel in;
    private final ByteBuffer buffer;
    private final Crc32cDigest crc = new Crc32cDigest();
    private Digests digests = Digests.NONE;
    private int maxDataLength;

    private ByteBuffer header = ByteBuffer.allocate(BasicHeader.LENGTH);
    private int dataLength;
    /** Whether the data segment of the current PDU still stands in the way of the next. */
    private boolean dataPending;

    /**
     * A reader without digests, as a login begins.
     *
     * @param bufferLength bytes read ahead, at least 4 KiB
     * @param maxDataLength longest data segment accepted, bytes
     */
    public PduReader(ReadableByteChannel in, int bufferLength, int maxDataLength) {
        if (bufferLength < 4096) {
            throw new IllegalArgumentException("buffer of " + bufferLength + " bytes: must be 4096 or more");
        }
        this.in = in;
        this.buffer = ByteBuffer.allocateDirect(bufferLength).limit(0);
        this.maxDataLength = maxDataLength;
    }

    /** What holds from the next PDU on, as it was negotiated. */
    public void negotiated(Digests digests, int maxDataLength) {
        this.digests = digests;
        this.maxDataLength = maxDataLength;
    }

    /**
     * Goes to the next PDU.
     *
     * @return whether there is one; false if the peer closed the connection between two PDUs
     * @throws ProtocolViolation the data segment is longer than allowed, or the header digest is wrong
     * @throws EOFException the connection ended within a PDU
     */
    public boolean next() throws IOException {
        if (dataPending) {
            skipData();
        }
        if (!buffer.hasRemaining() && !fillAtLeast(1)) {
            return false;
        }
        require(BasicHeader.LENGTH);
        int additional = BasicHeader.additionalLength(buffer.slice(buffer.position(), BasicHeader.LENGTH));
        int covered = BasicHeader.LENGTH + Math.min(additional, MAX_ADDITIONAL);
        require(covered + digests.headerLength());
        header = ByteBuffer.allocate(BasicHeader.LENGTH).put(0, buffer, buffer.position(), BasicHeader.LENGTH);
        dataLength = BasicHeader.dataLength(header);
        checkHeaderDigest(covered);
        if (dataLength > maxDataLength) {
            throw new ProtocolViolation("PDU with opcode 0x%02x has a data segment of %d bytes: at most %d are allowed"
                    .formatted(BasicHeader.opcode(header), dataLength, maxDataLength));
        }
        buffer.position(buffer.position() + covered + digests.headerLength());
        dataPending = dataLength > 0;
        return true;
    }

    /** The 48 bytes of the current PDU's header; stays as it is when the next PDU is read. */
    public ByteBuffer header() {
        return header;
    }

    /** Bytes of the current PDU's data segment, without padding. */
    public int dataLength() {
        return dataLength;
    }

    /** Whether the header of another PDU was read ahead, so that {@link #next} needn't wait for the peer. */
    public boolean hasBuffered() {
        int unread = dataPending ? dataLength + trailer() : 0;
        return buffer.remaining() - unread >= BasicHeader.LENGTH;
    }

    /**
     * The data segment.
     *
     * @return {@link #dataLength} bytes; usually a view of the reader's buffer, valid until {@link #next}
     * @throws DataDigestError the data digest is wrong
     */
    public ByteBuffer data() throws IOException {
        if (!dataPending) {
            return ByteBuffer.allocate(0);
        }
        int whole = dataLength + trailer();
        if (whole > buffer.capacity()) {
            // On the heap: what a stranger sends must not use up the memory outside of it.
            ByteBuffer own = ByteBuffer.allocate(dataLength);
            readData(own);
            return own.flip();
        }
        require(whole);
        dataPending = false;
        ByteBuffer data = buffer.slice(buffer.position(), dataLength);
        ByteBuffer padded = buffer.slice(buffer.position(), dataLength + BasicHeader.padding(dataLength));
        buffer.position(buffer.position() + padded.remaining());
        checkDataDigest(padded);
        return data;
    }

    /**
     * Reads the data segment into a buffer, which needs room for {@link #dataLength} bytes.
     *
     * @throws DataDigestError the data digest is wrong; the buffer's content is undefined then
     */
    public void readData(ByteBuffer into) throws IOException {
        if (!dataPending) {
            return;
        }
        dataPending = false;
        int start = into.position();
        int oldLimit = into.limit();
        into.limit(start + dataLength);
        int ahead = Math.min(dataLength, buffer.remaining());
        into.put(start, buffer, buffer.position(), ahead).position(start + ahead);
        buffer.position(buffer.position() + ahead);
        while (into.hasRemaining()) {
            if (in.read(into) < 0) {
                throw new EOFException("the connection ended within a data segment");
            }
        }
        into.limit(oldLimit);
        require(trailer());
        ByteBuffer padding = buffer.slice(buffer.position(), BasicHeader.padding(dataLength));
        buffer.position(buffer.position() + padding.remaining());
        checkDataDigest(into.slice(start, dataLength), padding);
    }

    private int trailer() {
        return BasicHeader.padding(dataLength) + digests.dataLength();
    }

    /** Passes over data nobody wants; its digest isn't looked at. */
    private void skipData() throws IOException {
        dataPending = false;
        int left = dataLength + trailer();
        while (left > 0) {
            if (!buffer.hasRemaining()) {
                require(1);
            }
            int step = Math.min(left, buffer.remaining());
            buffer.position(buffer.position() + step);
            left -= step;
        }
    }

    private void checkHeaderDigest(int covered) throws ProtocolViolation {
        if (digests.header()
                && crc.of(buffer.slice(buffer.position(), covered)) != buffer.getInt(buffer.position() + covered)) {
            throw new ProtocolViolation("header digest is wrong");
        }
    }

    private void checkDataDigest(ByteBuffer... parts) throws DataDigestError {
        if (digests.data()) {
            int received = buffer.getInt();
            if (crc.of(parts) != received) {
                throw new DataDigestError();
            }
        }
    }

    private void require(int bytes) throws IOException {
        if (buffer.remaining() < bytes && !fillAtLeast(bytes)) {
            throw new EOFException("the connection ended within a PDU");
        }
    }

    /** Reads until this many bytes are there; false if the channel ended before. */
    private boolean fillAtLeast(int bytes) throws IOException {
        buffer.compact();
        try {
            while (buffer.position() < bytes) {
                if (in.read(buffer) < 0) {
                    return false;
                }
            }
            return true;
        } finally {
            buffer.flip();
        }
    }
}
