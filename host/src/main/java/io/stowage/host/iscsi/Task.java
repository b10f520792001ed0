package io.stowage.host.iscsi;

import io.stowage.host.remote.Interruptions;
import io.stowage.iscsi.pdu.ReadyToTransfer;
import io.stowage.iscsi.scsi.Cdb;
import io.stowage.iscsi.scsi.Sense;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One SCSI command on its way over one connection. The caller's thread waits here; the connection's reader tells what
 * came. The data buffer is the connection's from {@code send} until the task has ended, and the caller's again then.
 */
final class Task {

    /** Which way data goes. */
    enum Direction {
        NONE,
        READ,
        WRITE
    }

    /** How a task ended, as far as the connection knows. */
    enum End {
        /** Answered: see {@link #status}. */
        ANSWERED,
        /** The connection ended before an answer came: carried out or not, nobody knows. */
        LOST
    }

    final long lun;
    final ByteBuffer cdb;
    final Direction direction;
    /** Position 0, limit and capacity the length of the transfer. */
    final ByteBuffer data;

    /** Set by the connection before the command is sent. */
    int tag;

    /** When it was made, then when it was sent, as of System.nanoTime. */
    volatile long sentAt = System.nanoTime();

    // Guarded by this.
    private @Nullable End end;
    private @Nullable ReadyToTransfer wanted;
    private int status;
    private Sense sense = Sense.NONE;
    private int received;
    private int nextDataSn;

    private Task(long lun, Cdb cdb, Direction direction, ByteBuffer data) {
        this.lun = lun;
        this.cdb = cdb.encode();
        this.direction = direction;
        this.data = data;
    }

    static Task withoutData(long lun, Cdb cdb) {
        return new Task(lun, cdb, Direction.NONE, ByteBuffer.allocate(0));
    }

    /** Reads into what remains in the buffer, whose position stays as it is. */
    static Task reading(long lun, Cdb cdb, ByteBuffer into) {
        return new Task(lun, cdb, Direction.READ, into.slice());
    }

    /** Writes what remains in the buffer, whose position stays as it is. */
    static Task writing(long lun, Cdb cdb, ByteBuffer from) {
        return new Task(lun, cdb, Direction.WRITE, from.slice());
    }

    int length() {
        return data.capacity();
    }

    /** Waits until the target wants data (then it is returned, once) or the task has ended (null). */
    synchronized @Nullable ReadyToTransfer awaitNews() {
        while (end == null && wanted == null) {
            // The buffer is the connection's: leaving on an interruption would hand its memory to someone else.
            Interruptions.waitOn(this);
        }
        ReadyToTransfer news = end == null ? wanted : null;
        wanted = null;
        return news;
    }

    synchronized End end() {
        return end == null ? End.LOST : end;
    }

    synchronized int status() {
        return status;
    }

    synchronized Sense sense() {
        return sense;
    }

    /** Bytes that came from the target. */
    synchronized int received() {
        return received;
    }

    /** The place for the next piece of read data; null if the piece isn't the expected one. */
    synchronized @Nullable ByteBuffer place(int dataSn, int offset, int length) {
        if (direction != Direction.READ || dataSn != nextDataSn || offset != received || length > length() - received) {
            return null;
        }
        nextDataSn++;
        return data.slice(offset, length);
    }

    synchronized void received(int bytes) {
        received += bytes;
    }

    /** Whether the request could be taken: only one may be outstanding, and it must lie within the data. */
    synchronized boolean wants(ReadyToTransfer request) {
        int offset = request.bufferOffset();
        int length = request.desiredLength();
        boolean fits = offset >= 0 && length > 0 && offset <= length() - length;
        if (direction != Direction.WRITE || wanted != null || !fits) {
            return false;
        }
        wanted = request;
        notifyAll();
        return true;
    }

    synchronized void answered(int newStatus, Sense newSense) {
        status = newStatus;
        sense = newSense;
        finish(End.ANSWERED);
    }

    synchronized void lost() {
        finish(End.LOST);
    }

    private void finish(End how) {
        if (end == null) {
            end = how;
        }
        notifyAll();
    }
}
