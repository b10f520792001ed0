package io.stowage.nvme.log;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * An entry of the error log, page 01h, newest first. Base 2.0, figure 206.
 *
 * @param count number of the error, from 1; 0 for an entry that isn't used
 * @param status the completion's status field, without the phase tag
 * @param location byte in bits 7..0 and bit in 10..8 of the command's wrong field; FFFFh if that can't be said
 * @param block the first block with an error
 */
public record ErrorEntry(long count, int queue, int commandId, int status, int location, long block, int namespace) {
    public static final int BYTES = 64;

    /** No place in the command. */
    public static final int NOWHERE = 0xFFFF;

    /** Writes the entry at the buffer's position. */
    public void write(ByteBuffer to) {
        ByteBuffer out = to.slice(to.position(), BYTES).order(ByteOrder.LITTLE_ENDIAN);
        out.putLong(0, count)
                .putShort(8, (short) queue)
                .putShort(10, (short) commandId)
                .putShort(12, (short) (status << 1))
                .putShort(14, (short) location)
                .putLong(16, block)
                .putInt(24, namespace);
        to.position(to.position() + BYTES);
    }

    /** Reads the entry at the buffer's position. */
    public static ErrorEntry read(ByteBuffer from) {
        ByteBuffer in = from.slice(from.position(), BYTES).order(ByteOrder.LITTLE_ENDIAN);
        from.position(from.position() + BYTES);
        return new ErrorEntry(
                in.getLong(0),
                Short.toUnsignedInt(in.getShort(8)),
                Short.toUnsignedInt(in.getShort(10)),
                Short.toUnsignedInt(in.getShort(12)) >>> 1,
                Short.toUnsignedInt(in.getShort(14)),
                in.getLong(16),
                in.getInt(24));
    }
}
