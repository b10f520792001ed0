package io.stowage.array.nvme;

import io.stowage.array.core.LogicalUnit;
import io.stowage.array.core.Meter;
import io.stowage.array.namespace.Ending;
import io.stowage.array.namespace.NamespaceServer;
import io.stowage.array.namespace.Plan;
import io.stowage.nvme.command.Status;
import io.stowage.nvme.fabrics.Connect;
import io.stowage.nvme.pdu.CommonHeader;
import io.stowage.nvme.stream.PduWriter;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;

/** The sending side of a queue: data for the host, completions, requests for data. May be used by several threads. */
final class Replies {
    private static final Logger LOG = System.getLogger(Replies.class.getName());

    /** SQHD where flow control is off. */
    private static final int NO_HEAD = 0xFFFF;

    private final ReentrantLock lock = new ReentrantLock();
    private final PduWriter writer;
    private final int queue;
    private final int entries;
    private final boolean flowControl;
    private final Meter meter;
    private int head;

    /**
     * The sending side of the queue that this Connect makes.
     *
     * @param meter where reads are counted
     */
    Replies(PduWriter writer, Connect connect, Meter meter) {
        this.writer = writer;
        this.queue = connect.queue();
        this.entries = connect.lastEntry() + 1;
        this.flowControl = connect.hasFlowControl();
        this.meter = meter;
    }

    /** An entry of the submission queue was taken: from now on completions say so. */
    void taken() {
        lock.lock();
        try {
            head = (head + 1) % entries;
        } finally {
            lock.unlock();
        }
    }

    void end(int commandId, Status status) throws IOException {
        end(commandId, status, 0);
    }

    void end(int commandId, Ending ending) throws IOException {
        end(commandId, ending.status(), ending.result());
    }

    /** @param result dwords 0 and 1 of the completion */
    void end(int commandId, Status status, long result) throws IOException {
        lock.lock();
        try {
            writer.addResponse(result, flowControl ? head : NO_HEAD, queue, commandId, status);
        } finally {
            lock.unlock();
        }
    }

    /** Asks for all the data of a command. */
    void requestData(int commandId, int tag, int length) throws IOException {
        lock.lock();
        try {
            writer.addReadyToTransfer(commandId, tag, 0, length);
        } finally {
            lock.unlock();
        }
    }

    /** These bytes, then success. */
    void send(int commandId, Plan.Send answer) throws IOException {
        ByteBuffer data = answer.data().duplicate();
        int total = data.remaining();
        lock.lock();
        try {
            boolean collapsed = total > 0 && isCollapsed(answer.result());
            int at = 0;
            while (at < total) {
                int length = Math.min(total - at, writer.claimLimit());
                writer.claim(length).put(data.slice(at, length));
                at += length;
                writer.addClaimed(commandId, at - length, flags(at == total, collapsed));
            }
            if (!collapsed) {
                end(commandId, Status.SUCCESS, answer.result());
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * This range of a unit, then success.
     *
     * @return why it can't be read; the command isn't ended then
     */
    Status read(int commandId, Plan.Read range) throws IOException {
        int total = range.length();
        long nanos = 0;
        lock.lock();
        try {
            boolean collapsed = isCollapsed(0);
            int at = 0;
            while (at < total) {
                int length = Math.min(total - at, wholeBlocks(writer.claimLimit()));
                ByteBuffer piece = writer.claim(length);
                long begun = System.nanoTime();
                try {
                    range.unit().read(range.offset() + at, piece);
                } catch (IOException e) {
                    LOG.log(Level.WARNING, "Namespace {0}: read failed: {1}", range.unit(), e.getMessage());
                    return NamespaceServer.statusOf(e);
                }
                nanos += System.nanoTime() - begun;
                at += length;
                writer.addClaimed(commandId, at - length, flags(at == total, collapsed));
            }
            if (!collapsed) {
                end(commandId, Status.SUCCESS);
            }
        } finally {
            lock.unlock();
        }
        meter.read(range.unit(), total, nanos);
        return Status.SUCCESS;
    }

    /** Sends what was gathered. Blocks while the peer doesn't read. */
    void flush() throws IOException {
        lock.lock();
        try {
            writer.flush();
        } finally {
            lock.unlock();
        }
    }

    /** Whether data may stand for a completion too. TCP Transport 1.0, section 3.4.2. */
    private boolean isCollapsed(long result) {
        return !flowControl && result == 0;
    }

    private static int flags(boolean last, boolean collapsed) {
        if (!last) {
            return 0;
        }
        return collapsed ? CommonHeader.LAST | CommonHeader.SUCCESS : CommonHeader.LAST;
    }

    private static int wholeBlocks(int bytes) {
        return bytes / LogicalUnit.BLOCK_BYTES * LogicalUnit.BLOCK_BYTES;
    }
}
