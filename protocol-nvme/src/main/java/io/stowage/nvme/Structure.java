package io.stowage.nvme;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A data structure of fixed layout, seen in or written to the bytes of a buffer. Subclasses name its fields. Not
 * thread-safe.
 */
public abstract class Structure {
    private final ByteBuffer bytes;

    /** A structure of its own, all zeros. */
    protected Structure(int length) {
        this(ByteBuffer.allocate(length), length);
    }

    /**
     * The structure at the buffer's position, whose bytes it shares.
     *
     * @throws IllegalArgumentException there are fewer bytes than the structure has
     */
    protected Structure(ByteBuffer from, int length) {
        if (from.remaining() < length) {
            throw new IllegalArgumentException(
                    getClass().getSimpleName() + " of " + from.remaining() + " bytes: " + length + " are expected");
        }
        this.bytes = from.slice(from.position(), length).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** All of its bytes, for reading. */
    public final ByteBuffer bytes() {
        return bytes.asReadOnlyBuffer().clear().order(ByteOrder.LITTLE_ENDIAN);
    }

    protected final int byteAt(int offset) {
        return bytes.get(offset) & 0xFF;
    }

    protected final void byteAt(int offset, int value) {
        bytes.put(offset, (byte) value);
    }

    protected final int shortAt(int offset) {
        return Short.toUnsignedInt(bytes.getShort(offset));
    }

    protected final void shortAt(int offset, int value) {
        bytes.putShort(offset, (short) value);
    }

    protected final int intAt(int offset) {
        return bytes.getInt(offset);
    }

    protected final void intAt(int offset, int value) {
        bytes.putInt(offset, value);
    }

    protected final long longAt(int offset) {
        return bytes.getLong(offset);
    }

    protected final void longAt(int offset, long value) {
        bytes.putLong(offset, value);
    }

    protected final byte[] bytesAt(int offset, int length) {
        byte[] copy = new byte[length];
        bytes.get(offset, copy);
        return copy;
    }

    protected final void bytesAt(int offset, byte[] value) {
        bytes.put(offset, value);
    }

    /** ASCII without the padding with spaces, or what is before the first NUL. */
    protected final String textAt(int offset, int length) {
        String all = new String(bytesAt(offset, length), StandardCharsets.US_ASCII);
        int end = all.indexOf('\0');
        return (end < 0 ? all : all.substring(0, end)).stripTrailing();
    }

    /** ASCII, padded; what is too long is cut. */
    protected final void textAt(int offset, int length, String text, char padding) {
        byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < length; i++) {
            bytes.put(offset + i, i < ascii.length ? ascii[i] : (byte) padding);
        }
    }
}
