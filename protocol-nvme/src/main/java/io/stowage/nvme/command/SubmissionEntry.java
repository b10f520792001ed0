package io.stowage.nvme.command;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A submission queue entry, seen in or written to the 64 bytes of a buffer; Base 2.0, figure 87, with the data pointer as
 * Fabrics commands have it (one SGL descriptor, figure 92). Reused for one command after the other: it holds no state but
 * where its bytes are. Not thread-safe.
 */
public final class SubmissionEntry {
    public static final int BYTES = 64;

    private static final int FLAGS = 1;
    private static final int COMMAND_ID = 2;
    private static final int NAMESPACE = 4;
    private static final int SGL_ADDRESS = 24;
    private static final int SGL_LENGTH = 32;
    private static final int SGL_FORM = 39;
    private static final int DWORDS = 40;

    private static final int FUSED = 3;
    private static final int POINTER = 0xC0;
    private static final int POINTER_SGL = 0x40;

    /** The form of a descriptor whose data lie in the capsule: data block, offset. */
    public static final int IN_CAPSULE = 0x01;

    /** The form of a descriptor whose data the transport carries: transport data block, transport A. */
    public static final int BY_TRANSPORT = 0x5A;

    private ByteBuffer bytes;
    private int start;

    /** An entry of its own, all zeros. */
    public SubmissionEntry() {
        this(ByteBuffer.allocate(BYTES), 0);
    }

    /** The entry at this place of a buffer, which it shares. */
    public SubmissionEntry(ByteBuffer bytes, int start) {
        this.bytes = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        this.start = start;
    }

    /** Looks at another place. */
    public void at(ByteBuffer buffer, int offset) {
        bytes = buffer.order() == ByteOrder.LITTLE_ENDIAN
                ? buffer
                : buffer.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        start = offset;
    }

    /** An entry of its own with the same content. */
    public SubmissionEntry copy() {
        var copy = new SubmissionEntry();
        for (int i = 0; i < BYTES; i += Long.BYTES) {
            copy.bytes.putLong(i, bytes.getLong(start + i));
        }
        return copy;
    }

    public int opcode() {
        return bytes.get(start) & 0xFF;
    }

    public SubmissionEntry opcode(int opcode) {
        bytes.put(start, (byte) opcode);
        return this;
    }

    /** 0: not fused; 1: first, 2: second command of a fused operation. */
    public int fused() {
        return bytes.get(start + FLAGS) & FUSED;
    }

    public SubmissionEntry fused(int part) {
        bytes.put(start + FLAGS, (byte) (bytes.get(start + FLAGS) & ~FUSED | part));
        return this;
    }

    /** Whether the data pointer is an SGL descriptor, as it has to be over fabrics. */
    public boolean pointsBySgl() {
        int how = bytes.get(start + FLAGS) & POINTER;
        return how != 0 && how != POINTER;
    }

    public int commandId() {
        return Short.toUnsignedInt(bytes.getShort(start + COMMAND_ID));
    }

    public SubmissionEntry commandId(int id) {
        bytes.putShort(start + COMMAND_ID, (short) id);
        return this;
    }

    /** The namespace identifier, unsigned. */
    public int namespace() {
        return bytes.getInt(start + NAMESPACE);
    }

    public SubmissionEntry namespace(int id) {
        bytes.putInt(start + NAMESPACE, id);
        return this;
    }

    /** The second byte of the namespace field, where Fabrics commands have their type. Base 2.0, figure 380. */
    public int fabricsType() {
        return bytes.get(start + NAMESPACE) & 0xFF;
    }

    public SubmissionEntry fabricsType(int type) {
        bytes.put(start + NAMESPACE, (byte) type);
        return this;
    }

    /** Type and subtype of the SGL descriptor: {@link #IN_CAPSULE}, {@link #BY_TRANSPORT} or something refused. */
    public int sglForm() {
        return bytes.get(start + SGL_FORM) & 0xFF;
    }

    /** Where in the capsule's data the data of the command begin. */
    public long sglOffset() {
        return bytes.getLong(start + SGL_ADDRESS);
    }

    /** Bytes of data, unsigned. */
    public long sglLength() {
        return Integer.toUnsignedLong(bytes.getInt(start + SGL_LENGTH));
    }

    /** @param length bytes of data, 0 for none */
    public SubmissionEntry data(int form, int length) {
        bytes.put(start + FLAGS, (byte) (bytes.get(start + FLAGS) & ~POINTER | POINTER_SGL));
        bytes.putLong(start + SGL_ADDRESS, 0);
        bytes.putInt(start + SGL_LENGTH, length);
        bytes.put(start + SGL_FORM, (byte) form);
        return this;
    }

    /** @param number 10 to 15 */
    public int dword(int number) {
        return bytes.getInt(start + DWORDS + (number - 10) * Integer.BYTES);
    }

    /** @param number 10 to 15 */
    public SubmissionEntry dword(int number, int value) {
        bytes.putInt(start + DWORDS + (number - 10) * Integer.BYTES, value);
        return this;
    }

    /** Two dwords as one number, the first one low: 10 has the starting LBA of reads and writes. */
    public long dwords(int first) {
        return bytes.getLong(start + DWORDS + (first - 10) * Integer.BYTES);
    }

    public SubmissionEntry dwords(int first, long value) {
        bytes.putLong(start + DWORDS + (first - 10) * Integer.BYTES, value);
        return this;
    }

    /** One byte at its offset in the entry, for fields that Fabrics commands have elsewhere. */
    public int byteAt(int offset) {
        return bytes.get(start + offset) & 0xFF;
    }

    public SubmissionEntry byteAt(int offset, int value) {
        bytes.put(start + offset, (byte) value);
        return this;
    }

    /** Two bytes at their offset in the entry. */
    public int shortAt(int offset) {
        return Short.toUnsignedInt(bytes.getShort(start + offset));
    }

    public SubmissionEntry shortAt(int offset, int value) {
        bytes.putShort(start + offset, (short) value);
        return this;
    }

    /** The 64 bytes, for reading. */
    public ByteBuffer bytes() {
        return bytes.slice(start, BYTES).asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }
}
