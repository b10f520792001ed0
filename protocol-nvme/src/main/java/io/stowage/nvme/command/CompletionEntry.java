package io.stowage.nvme.command;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A completion queue entry; Base 2.0, figure 90, as TCP carries it: without a meaningful phase tag.
 *
 * @param result dwords 0 and 1, the first one low
 * @param queueHead SQHD: where the submission queue's head is; FFFFh where flow control is off
 * @param queue the submission queue
 * @param commandId of the command that ended
 */
public record CompletionEntry(long result, int queueHead, int queue, int commandId, Status status) {
    public static final int BYTES = 16;

    /** Reads the entry at this place. */
    public static CompletionEntry parse(ByteBuffer bytes, int start) {
        var in = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        return new CompletionEntry(
                in.getLong(start),
                Short.toUnsignedInt(in.getShort(start + 8)),
                Short.toUnsignedInt(in.getShort(start + 10)),
                Short.toUnsignedInt(in.getShort(start + 12)),
                new Status(Short.toUnsignedInt(in.getShort(start + 14)) >>> 1));
    }

    /** Writes the entry at the buffer's position, which must have little-endian order. */
    public void write(ByteBuffer to) {
        write(to, result, queueHead, queue, commandId, status);
    }

    /** The same without an object for it. */
    public static void write(ByteBuffer to, long result, int queueHead, int queue, int commandId, Status status) {
        to.putLong(result)
                .putShort((short) queueHead)
                .putShort((short) queue)
                .putShort((short) commandId)
                .putShort((short) (status.field() << 1));
    }
}
