package io.stowage.nvme.stream;

import io.stowage.nvme.command.SubmissionEntry;
import io.stowage.nvme.pdu.CommonHeader;
import io.stowage.nvme.pdu.Crc32cDigest;
import io.stowage.nvme.pdu.Digests;
import io.stowage.nvme.pdu.FatalError;
import io.stowage.nvme.pdu.PduType;
import io.stowage.nvme.pdu.TerminationRequest;
import io.stowage.nvme.pdu.TransferHeader;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ReadableByteChannel;

/**
 * Reads PDUs from a blocking channel, as many as one read of the channel gives. Owned by one thread. What it gives out,
 * {@link #header}, {@link #entry} and {@link #data}, is reused: valid until {@link #next}.
 *
 * <p>After {@link #next} the data are fetched by {@link #data} or {@link #readData}, at most once; what isn't fetched is
 * skipped. {@link #readData} moves large data from the channel straight into the caller's buffer.
 */
public final class PduReader {
    private static final int SMALLEST_BUFFER = 16 * 1024;

    /** Which side's PDUs are expected. */
    public enum From {
        HOST,
        CONTROLLER;

        private boolean sends(int type) {
            return switch (type) {
                case PduType.IC_REQ, PduType.H2C_TERM_REQ, PduType.CAPSULE_CMD, PduType.H2C_DATA -> this == HOST;
                case PduType.IC_RESP, PduType.C2H_TERM_REQ, PduType.CAPSULE_RESP, PduType.C2H_DATA, PduType.R2T ->
                    this == CONTROLLER;
                default -> false;
            };
        }
    }

    private final ReadableByteChannel in;
    private final From from;
    private final ByteBuffer buffer;
    /** Another view of the buffer, for what is given out and for digests. */
    private final ByteBuffer view;

    private final Crc32cDigest crc = new Crc32cDigest();
    private final ByteBuffer header = ByteBuffer.allocate(CommonHeader.LONGEST).order(ByteOrder.LITTLE_ENDIAN);
    private final SubmissionEntry entry = new SubmissionEntry(header, CommonHeader.BYTES);
    private final int capsuleLimit;
    private final int dataLimit;
    private Digests digests = Digests.NONE;

    private int dataLength;
    /** Bytes of the present PDU that stand in the way of the next. */
    private int pending;

    private int trailer;

    /**
     * A reader without digests, as a connection begins.
     *
     * @param bufferLength bytes read ahead, at least 16 KiB
     * @param capsuleLimit most bytes of data in a command capsule
     * @param dataLimit most bytes of data in a data PDU
     */
    public PduReader(ReadableByteChannel in, From from, int bufferLength, int capsuleLimit, int dataLimit) {
        if (bufferLength < SMALLEST_BUFFER) {
            throw new IllegalArgumentException(
                    "buffer of %d bytes: must be %d or more".formatted(bufferLength, SMALLEST_BUFFER));
        }
        this.in = in;
        this.from = from;
        this.buffer = ByteBuffer.allocateDirect(bufferLength)
                .order(ByteOrder.LITTLE_ENDIAN)
                .limit(0);
        this.view = buffer.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        this.capsuleLimit = capsuleLimit;
        this.dataLimit = dataLimit;
    }

    /** What holds from the next PDU on, as it was agreed. */
    public void agreed(Digests agreement) {
        digests = agreement;
    }

    /**
     * Goes to the next PDU.
     *
     * @return whether there is one; false if the peer closed the connection between two PDUs
     * @throws ProtocolViolation its header is wrong, or its data are longer than allowed
     * @throws EOFException the connection ended within a PDU
     */
    public boolean next() throws IOException {
        skip(pending);
        pending = 0;
        dataLength = 0;
        if (!buffer.hasRemaining() && !fill(1)) {
            return false;
        }
        require(CommonHeader.BYTES);
        takeHeader(CommonHeader.BYTES);
        int type = CommonHeader.type(header);
        if (!from.sends(type)) {
            throw invalid(0, "%s was not expected".formatted(PduType.name(type)));
        }
        int length = PduType.headerLength(type);
        if (CommonHeader.headerLength(header) != length) {
            throw invalid(CommonHeader.HLEN_OFFSET, "wrong header length in " + PduType.name(type));
        }
        boolean withDigests = PduType.mayHaveDigests(type);
        int covered = length + (withDigests ? digests.headerLength() : 0);
        if (CommonHeader.length(header) < covered) {
            throw invalid(CommonHeader.PLEN_OFFSET, PduType.name(type) + " is shorter than its header");
        }
        require(covered);
        takeHeader(length);
        if (withDigests) {
            checkHeaderDigest(length);
        }
        measure(type, covered, withDigests);
        buffer.position(buffer.position() + covered);
        return true;
    }

    /** The present PDU's header, little-endian, from its beginning to its limit. */
    public ByteBuffer header() {
        return header;
    }

    /** One of {@link PduType}. */
    public int type() {
        return CommonHeader.type(header);
    }

    /** Whether all these bits of {@link CommonHeader} are set. */
    public boolean has(int flags) {
        return (CommonHeader.flags(header) & flags) == flags;
    }

    /** The command of a CapsuleCmd. */
    public SubmissionEntry entry() {
        return entry;
    }

    /** Bytes of data in the present PDU. */
    public int dataLength() {
        return dataLength;
    }

    /** Whether another PDU was read ahead, so that {@link #next} needn't wait for the peer; or at least its beginning. */
    public boolean hasBuffered() {
        return buffer.remaining() - pending >= CommonHeader.BYTES;
    }

    /**
     * The present PDU's data where they lie; for data that fit into the reader's buffer.
     *
     * @return {@link #dataLength} bytes between its position and its limit
     * @throws DataDigestError the data digest is wrong
     */
    public ByteBuffer data() throws IOException {
        skipPadding();
        int whole = dataLength + trailer;
        require(whole);
        pending = 0;
        int start = buffer.position();
        buffer.position(start + whole);
        view.clear().position(start).limit(start + dataLength);
        if (trailer > 0 && crc.of(view) != buffer.getInt(start + dataLength)) {
            throw new DataDigestError();
        }
        return view;
    }

    /**
     * Reads the present PDU's data to the position of a buffer, which needs room for {@link #dataLength} bytes.
     *
     * @throws DataDigestError the data digest is wrong; the buffer's content is undefined then, and its position as if not
     */
    public void readData(ByteBuffer into) throws IOException {
        skipPadding();
        pending = 0;
        int start = into.position();
        int limit = into.limit();
        int end = start + dataLength;
        int ahead = Math.min(dataLength, buffer.remaining());
        into.put(start, buffer, buffer.position(), ahead).limit(end).position(start + ahead);
        buffer.position(buffer.position() + ahead);
        while (into.hasRemaining()) {
            if (in.read(into) < 0) {
                throw new EOFException("the connection ended within data");
            }
        }
        if (trailer > 0) {
            require(trailer);
            int received = buffer.getInt();
            into.position(start);
            int computed = crc.of(into);
            into.limit(limit).position(end);
            if (computed != received) {
                throw new DataDigestError();
            }
        }
        into.limit(limit);
    }

    /** A fatal error over a field of the present header. */
    public ProtocolViolation invalid(int field, String message) {
        return new ProtocolViolation(FatalError.INVALID_HEADER_FIELD, field, header, message);
    }

    /** A fatal error over the present PDU as such. */
    public ProtocolViolation violation(FatalError error, String message) {
        return new ProtocolViolation(error, 0, header, message);
    }

    /** Finds out how much data there are. */
    private void measure(int type, int covered, boolean withDigests) throws ProtocolViolation {
        long rest = CommonHeader.length(header) - covered;
        trailer = withDigests && rest > 0 ? digests.dataLength() : 0;
        if (rest > 0 && !PduType.mayHaveData(type)) {
            throw invalid(CommonHeader.PLEN_OFFSET, PduType.name(type) + " with data");
        }
        int padding = 0;
        if (rest > 0 && withDigests) {
            int offset = CommonHeader.dataOffset(header);
            padding = offset - covered;
            if (padding < 0 || offset % Integer.BYTES != 0 || padding + trailer > rest) {
                throw invalid(CommonHeader.PDO_OFFSET, "data offset %d in %s".formatted(offset, PduType.name(type)));
            }
            if (trailer > 0 && !has(CommonHeader.DATA_DIGEST)) {
                throw invalid(CommonHeader.FLAGS_OFFSET, PduType.name(type) + " without the agreed data digest");
            }
        }
        long length = rest - padding - trailer;
        if (length > limit(type)) {
            throw isTransfer(type)
                    ? violation(FatalError.LIMIT_EXCEEDED, "%d bytes of data: too many".formatted(length))
                    : invalid(CommonHeader.PLEN_OFFSET, "%d bytes of data: too many".formatted(length));
        }
        if (isTransfer(type) && (length == 0 || TransferHeader.length(header) != length)) {
            throw invalid(
                    TransferHeader.DATA_LENGTH_OFFSET,
                    "%d bytes of data where %d are announced".formatted(length, TransferHeader.length(header)));
        }
        dataLength = (int) length;
        pending = (int) rest;
    }

    private static boolean isTransfer(int type) {
        return type == PduType.H2C_DATA || type == PduType.C2H_DATA;
    }

    private int limit(int type) {
        return switch (type) {
            case PduType.CAPSULE_CMD -> capsuleLimit;
            case PduType.H2C_TERM_REQ, PduType.C2H_TERM_REQ -> TerminationRequest.LONGEST - PduType.headerLength(type);
            default -> dataLimit;
        };
    }

    private void checkHeaderDigest(int length) throws ProtocolViolation {
        if (!digests.header()) {
            return;
        }
        if (!has(CommonHeader.HEADER_DIGEST)) {
            throw invalid(CommonHeader.FLAGS_OFFSET, PduType.name(type()) + " without the agreed header digest");
        }
        int start = buffer.position();
        view.clear().position(start).limit(start + length);
        int received = buffer.getInt(start + length);
        if (crc.of(view) != received) {
            throw new ProtocolViolation(FatalError.HEADER_DIGEST_ERROR, received, header, "header digest is wrong");
        }
    }

    private void takeHeader(int length) {
        header.clear().put(0, buffer, buffer.position(), length).limit(length);
    }

    private void skipPadding() throws IOException {
        skip(pending - dataLength - trailer);
    }

    private void skip(int bytes) throws IOException {
        int left = bytes;
        while (left > 0) {
            require(1);
            int step = Math.min(left, buffer.remaining());
            buffer.position(buffer.position() + step);
            left -= step;
        }
    }

    private void require(int bytes) throws IOException {
        if (buffer.remaining() < bytes && !fill(bytes)) {
            throw new EOFException("the connection ended within a PDU");
        }
    }

    /** Reads until this many bytes are there; false if the channel ended before. */
    private boolean fill(int bytes) throws IOException {
        if (bytes > buffer.capacity()) {
            throw new IllegalStateException("%d bytes don't fit into the reader's buffer".formatted(bytes));
        }
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
