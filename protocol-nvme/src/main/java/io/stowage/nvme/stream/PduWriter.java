package io.stowage.nvme.stream;

import io.stowage.nvme.command.CompletionEntry;
import io.stowage.nvme.command.Status;
import io.stowage.nvme.command.SubmissionEntry;
import io.stowage.nvme.pdu.CommonHeader;
import io.stowage.nvme.pdu.ConnectionRequest;
import io.stowage.nvme.pdu.ConnectionResponse;
import io.stowage.nvme.pdu.Crc32cDigest;
import io.stowage.nvme.pdu.Digests;
import io.stowage.nvme.pdu.PduType;
import io.stowage.nvme.pdu.TerminationRequest;
import io.stowage.nvme.pdu.TransferHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.GatheringByteChannel;

/**
 * Gathers PDUs and writes them to a blocking channel together. Not safe for use by several threads at once; the owner
 * guards it.
 *
 * <p>Small data are copied. Large data are referred to: the buffer belongs to the writer until {@link #flush} and is
 * empty afterwards.
 */
public final class PduWriter {
    /** Up to here a copy costs less than a further element of the gathering write. */
    public static final int COPY_LIMIT = 16 * 1024;

    private static final int MAX_OVERHEAD = 256 + Crc32cDigest.BYTES;
    private static final int MAX_PARTS = 128;
    private static final ByteBuffer NO_DATA = ByteBuffer.allocate(0);

    private final GatheringByteChannel out;
    private final ByteBuffer staging;
    /** Another view of the staging buffer, for what is given out and for digests. */
    private final ByteBuffer view;

    private final Crc32cDigest crc = new Crc32cDigest();
    /** What is to be written, pieces of the staging buffer (from {@link #pieces}) and data in turns. */
    private final ByteBuffer[] parts = new ByteBuffer[MAX_PARTS];

    private final ByteBuffer[] pieces = new ByteBuffer[MAX_PARTS];
    private int count;
    private Digests digests = Digests.NONE;
    private int alignment = Integer.BYTES;
    /** Where the part of the staging buffer begins that isn't in {@link #parts} yet. */
    private int start;

    private int claimed;

    /**
     * A writer without digests, as a connection begins.
     *
     * @param bufferLength bytes of its own buffer, at least 32 KiB; data that {@link #claim} is asked for must fit
     */
    public PduWriter(GatheringByteChannel out, int bufferLength) {
        if (bufferLength < 2 * COPY_LIMIT) {
            throw new IllegalArgumentException(
                    "buffer of " + bufferLength + " bytes: must be " + 2 * COPY_LIMIT + " or more");
        }
        this.out = out;
        this.staging = ByteBuffer.allocateDirect(bufferLength).order(ByteOrder.LITTLE_ENDIAN);
        this.view = staging.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < MAX_PARTS; i++) {
            pieces[i] = staging.duplicate();
        }
    }

    /**
     * What holds from the next PDU on, as it was agreed.
     *
     * @param dwords the peer's HPDA or CPDA: data begin at a multiple of this many dwords, minus one; 0 to 31
     */
    public void agreed(Digests agreement, int dwords) {
        digests = agreement;
        alignment = (dwords + 1) * Integer.BYTES;
    }

    public void add(ConnectionRequest request) throws IOException {
        makeRoom(0);
        request.write(staging);
    }

    public void add(ConnectionResponse response) throws IOException {
        makeRoom(0);
        response.write(staging);
    }

    /** @param type {@link PduType#H2C_TERM_REQ} or {@link PduType#C2H_TERM_REQ} */
    public void add(TerminationRequest request, int type) throws IOException {
        makeRoom(0);
        request.write(staging, type);
    }

    /** Adds a CapsuleCmd. @param data what the capsule carries, perhaps nothing */
    public void addCommand(SubmissionEntry entry, ByteBuffer data) throws IOException {
        int copied = makeRoom(data);
        int at = putCommon(PduType.CAPSULE_CMD, 0, data.remaining());
        for (int i = 0; i < SubmissionEntry.BYTES; i += Integer.BYTES) {
            staging.putInt(
                    entry.byteAt(i) | entry.byteAt(i + 1) << 8 | entry.byteAt(i + 2) << 16 | entry.byteAt(i + 3) << 24);
        }
        close(at, data, copied);
    }

    /** Adds a CapsuleResp. */
    public void addResponse(long result, int queueHead, int queue, int commandId, Status status) throws IOException {
        makeRoom(0);
        int at = putCommon(PduType.CAPSULE_RESP, 0, 0);
        CompletionEntry.write(staging, result, queueHead, queue, commandId, status);
        close(at, NO_DATA, 0);
    }

    /** Adds an R2T. */
    public void addReadyToTransfer(int commandId, int tag, int offset, int length) throws IOException {
        makeRoom(0);
        int at = putCommon(PduType.R2T, 0, 0);
        TransferHeader.put(staging, commandId, tag, offset, length);
        close(at, NO_DATA, 0);
    }

    /** Adds an H2CData with the remaining bytes of {@code data}, which are not none. */
    public void addHostData(int commandId, int tag, int offset, ByteBuffer data, boolean last) throws IOException {
        int flags = last ? CommonHeader.LAST : 0;
        addTransfer(PduType.H2C_DATA, flags, commandId, tag, offset, data);
    }

    /**
     * Adds a C2HData with the remaining bytes of {@code data}, which are not none.
     *
     * @param flags {@link CommonHeader#LAST}, with {@link CommonHeader#SUCCESS} if no response follows, or 0
     */
    public void addControllerData(int commandId, int offset, ByteBuffer data, int flags) throws IOException {
        addTransfer(PduType.C2H_DATA, flags, commandId, 0, offset, data);
    }

    private void addTransfer(int type, int flags, int commandId, int tag, int offset, ByteBuffer data)
            throws IOException {
        int copied = makeRoom(data);
        int length = data.remaining();
        int at = putCommon(type, flags, length);
        TransferHeader.put(staging, commandId, tag, offset, length);
        close(at, data, copied);
    }

    /**
     * A piece of the writer's own buffer to be filled with the data of a C2HData and handed on by {@link #addClaimed},
     * without a copy. Any other call in between gives the claim up.
     *
     * @param length bytes, 1 to {@link #claimLimit}
     * @return between its position and its limit; the buffer is the same at each call
     */
    public ByteBuffer claim(int length) throws IOException {
        if (length > claimLimit()) {
            throw new IllegalArgumentException("claim of " + length + " bytes: at most " + claimLimit());
        }
        makeRoom(length);
        claimed = length;
        int from = staging.position() + dataOffset(PduType.C2H_DATA);
        return view.clear().position(from).limit(from + length);
    }

    /** The longest piece that {@link #claim} gives, bytes. */
    public int claimLimit() {
        return staging.capacity() - MAX_OVERHEAD;
    }

    /** Adds a C2HData whose data are what {@link #claim} gave, all of it. */
    public void addClaimed(int commandId, int offset, int flags) {
        int length = claimed;
        int at = putCommon(PduType.C2H_DATA, flags, length);
        TransferHeader.put(staging, commandId, 0, offset, length);
        closeHeader(at, length);
        staging.position(staging.position() + length);
        putDataDigest(length);
    }

    /** Whether there is nothing to flush. */
    public boolean isEmpty() {
        return count == 0 && staging.position() == 0;
    }

    /** Writes everything to the channel; blocks until it took all. */
    public void flush() throws IOException {
        closePart();
        int all = count;
        int first = 0;
        try {
            while (first < all) {
                if (first == all - 1) {
                    out.write(parts[first]);
                } else {
                    out.write(parts, first, all - first);
                }
                while (first < all && !parts[first].hasRemaining()) {
                    first++;
                }
            }
        } finally {
            for (int i = 0; i < all; i++) {
                parts[i] = NO_DATA;
            }
            count = 0;
            start = 0;
            staging.clear();
        }
    }

    /** Flushes if the data wouldn't fit; gives how many bytes of them are to be copied. */
    private int makeRoom(ByteBuffer data) throws IOException {
        int copied = data.remaining() <= COPY_LIMIT ? data.remaining() : 0;
        makeRoom(copied);
        return copied;
    }

    private void makeRoom(int bytes) throws IOException {
        // A PDU with large data takes two parts and begins another.
        if (staging.remaining() < bytes + MAX_OVERHEAD || count > MAX_PARTS - 3) {
            flush();
        }
    }

    /** Where the data of this type begin in their PDU. */
    private int dataOffset(int type) {
        int covered = PduType.headerLength(type) + digests.headerLength();
        return (covered + alignment - 1) / alignment * alignment;
    }

    /** Begins a PDU; returns where. */
    private int putCommon(int type, int flags, int dataLength) {
        int at = staging.position();
        boolean hasData = dataLength > 0;
        int offset = hasData ? dataOffset(type) : 0;
        int length = hasData
                ? offset + dataLength + digests.dataLength()
                : PduType.headerLength(type) + digests.headerLength();
        int all = flags
                | (digests.header() ? CommonHeader.HEADER_DIGEST : 0)
                | (digests.data() && hasData ? CommonHeader.DATA_DIGEST : 0);
        CommonHeader.put(staging, type, all, offset, length);
        return at;
    }

    /** Digest and padding behind a header that begins here. */
    private void closeHeader(int at, int dataLength) {
        if (digests.header()) {
            view.clear().position(at).limit(staging.position());
            staging.putInt(crc.of(view));
        }
        if (dataLength > 0) {
            int end = at + (staging.get(at + CommonHeader.PDO_OFFSET) & 0xFF);
            while (staging.position() < end) {
                staging.put((byte) 0);
            }
        }
    }

    private void close(int at, ByteBuffer data, int copied) {
        int length = data.remaining();
        closeHeader(at, length);
        if (length == 0) {
            return;
        }
        if (copied > 0) {
            staging.put(data);
            putDataDigest(length);
            return;
        }
        closePart();
        parts[count++] = data;
        if (digests.data()) {
            staging.putInt(crc.of(data));
        }
    }

    /** The digest of so many bytes just put. */
    private void putDataDigest(int length) {
        if (digests.data()) {
            int end = staging.position();
            view.clear().position(end - length).limit(end);
            staging.putInt(crc.of(view));
        }
    }

    private void closePart() {
        if (staging.position() > start) {
            parts[count] = pieces[count].clear().position(start).limit(staging.position());
            count++;
            start = staging.position();
        }
    }
}
