package io.stowage.host.nvme;

import io.stowage.host.remote.Pending;
import io.stowage.nvme.command.Status;
import io.stowage.nvme.command.SubmissionEntry;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** One command on its way through one queue. */
final class NvmeCommand extends Pending<NvmeCommand.Transfer> {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** Which way data go. */
    enum Direction {
        NONE,
        READ,
        WRITE
    }

    /** What an R2T asks for. */
    record Transfer(int tag, int offset, int length) {}

    final SubmissionEntry entry;
    final Direction direction;
    /** Position 0, limit and capacity the length of the transfer. */
    final ByteBuffer data;
    /** What is to be done when it was answered, and that may be never; otherwise somebody waits for it. */
    final @Nullable Runnable onAnswer;

    // Guarded by this.
    private Status status = Status.SUCCESS;
    private long result;
    private int received;
    private int asked;
    private boolean damaged;

    private NvmeCommand(SubmissionEntry entry, Direction direction, ByteBuffer data, @Nullable Runnable onAnswer) {
        this.entry = entry;
        this.direction = direction;
        this.data = data;
        this.onAnswer = onAnswer;
    }

    static NvmeCommand withoutData(SubmissionEntry entry) {
        return new NvmeCommand(entry, Direction.NONE, NOTHING, null);
    }

    /** One that waits for something to happen on the controller. @param onAnswer must not block */
    static NvmeCommand patient(SubmissionEntry entry, Runnable onAnswer) {
        return new NvmeCommand(entry, Direction.NONE, NOTHING, onAnswer);
    }

    /** Reads into what remains in the buffer, whose position stays as it is. */
    static NvmeCommand reading(SubmissionEntry entry, ByteBuffer into) {
        return new NvmeCommand(entry, Direction.READ, into.slice(), null);
    }

    /** Writes what remains in the buffer, whose position stays as it is. */
    static NvmeCommand writing(SubmissionEntry entry, ByteBuffer from) {
        return new NvmeCommand(entry, Direction.WRITE, from.slice(), null);
    }

    int length() {
        return data.capacity();
    }

    /** How it ended; damaged data are a transfer error, which may be tried again. */
    synchronized Status status() {
        return damaged && status.isSuccess() ? Status.DATA_TRANSFER_ERROR : status;
    }

    /** Dwords 0 and 1 of its completion. */
    synchronized long result() {
        return result;
    }

    /** Bytes that came from the controller. */
    synchronized int received() {
        return received;
    }

    /** The place for the next piece of data; null if the piece isn't the expected one. */
    synchronized @Nullable ByteBuffer place(long offset, int length) {
        if (direction != Direction.READ || offset != received || length > length() - received) {
            return null;
        }
        return data.slice(received, length);
    }

    synchronized void received(int bytes) {
        received += bytes;
    }

    /** The data digest was wrong. */
    synchronized void damaged() {
        damaged = true;
    }

    /** Whether the request could be taken: one at a time, each beginning where the last one ended. */
    synchronized boolean wants(int tag, long offset, long length) {
        if (direction != Direction.WRITE
                || isWanted()
                || offset != asked
                || length <= 0
                || length > length() - asked
                || entry.sglForm() == SubmissionEntry.IN_CAPSULE) {
            return false;
        }
        asked += (int) length;
        want(new Transfer(tag, (int) offset, (int) length));
        return true;
    }

    /** Whether an R2T came that was not met yet. */
    boolean hasRequest() {
        return isWanted();
    }

    boolean isPatient() {
        return onAnswer != null;
    }

    void answered(Status newStatus, long newResult) {
        synchronized (this) {
            status = newStatus;
            result = newResult;
            answer();
        }
        Runnable then = onAnswer;
        if (then != null) {
            then.run();
        }
    }
}
