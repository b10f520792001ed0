package io.stowage.host.iscsi;

import io.stowage.host.remote.Pending;
import io.stowage.iscsi.pdu.ReadyToTransfer;
import io.stowage.iscsi.scsi.Cdb;
import io.stowage.iscsi.scsi.Sense;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** One SCSI command on its way over one connection. */
final class Task extends Pending<ReadyToTransfer> {
    /** Which way data goes. */
    enum Direction {
        NONE,
        READ,
        WRITE
    }

    final long lun;
    final ByteBuffer cdb;
    final Direction direction;
    /** Position 0, limit and capacity the length of the transfer. */
    final ByteBuffer data;

    /** The number it was sent with, or was to be sent with; the caller's thread's. */
    int cmdSn;

    // Guarded by this.
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
        if (direction != Direction.WRITE || isWanted() || !fits) {
            return false;
        }
        want(request);
        return true;
    }

    synchronized void answered(int newStatus, Sense newSense) {
        status = newStatus;
        sense = newSense;
        answer();
    }
}
