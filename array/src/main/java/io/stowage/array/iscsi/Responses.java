package io.stowage.array.iscsi;

import io.stowage.array.core.LogicalUnit;
import io.stowage.array.core.Meter;
import io.stowage.array.scsi.DeviceServer;
import io.stowage.array.scsi.Plan;
import io.stowage.iscsi.login.SessionParameters;
import io.stowage.iscsi.pdu.DataIn;
import io.stowage.iscsi.pdu.Residual;
import io.stowage.iscsi.pdu.ScsiCommand;
import io.stowage.iscsi.pdu.ScsiResponse;
import io.stowage.iscsi.scsi.ScsiStatus;
import io.stowage.iscsi.scsi.Sense;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * How commands end: data for the initiator, then status, sense and residual. May be used by several threads. RFC 7143,
 * sections 11.4 and 11.7.
 */
final class Responses {
    private static final Logger LOG = System.getLogger(Responses.class.getName());
    private static final int BLOCK = LogicalUnit.BLOCK_BYTES;

    /** Bytes of the length field before sense data. */
    private static final int SENSE_LENGTH = 2;

    private final Outbox outbox;
    private final SessionParameters parameters;
    private final Meter meter;

    /** @param meter where reads are counted */
    Responses(Outbox outbox, SessionParameters parameters, Meter meter) {
        this.outbox = outbox;
        this.parameters = parameters;
        this.meter = meter;
    }

    /** Where data for the initiator comes from. */
    private interface Source {
        /** Fills the buffer with what stands at this byte of the command's data. */
        void fill(int offset, ByteBuffer into) throws IOException;
    }

    /** CHECK CONDITION before anything was transferred. */
    void refuse(ScsiCommand command, Sense sense) throws IOException {
        check(command, sense, Residual.of(command.expectedBytes(), 0), 0);
    }

    /** CHECK CONDITION with a residual. */
    void check(ScsiCommand command, Sense sense, Residual residual, int expDataSn) throws IOException {
        ByteBuffer fixed = sense.encodeFixed();
        ByteBuffer data = ByteBuffer.allocate(SENSE_LENGTH + Sense.FIXED_LENGTH);
        data.putShort((short) Sense.FIXED_LENGTH).put(fixed).flip();
        respond(command, ScsiStatus.CHECK_CONDITION, residual, expDataSn, data);
    }

    /** A status without sense. */
    void status(ScsiCommand command, int status, Residual residual, int expDataSn) throws IOException {
        respond(command, status, residual, expDataSn, ByteBuffer.allocate(0));
    }

    /** BUSY or TASK SET FULL: nothing was transferred. */
    void busy(ScsiCommand command, int status) throws IOException {
        status(command, status, Residual.of(command.expectedBytes(), 0), 0);
    }

    /** RESERVATION CONFLICT: nothing was transferred. */
    void conflict(ScsiCommand command) throws IOException {
        status(command, ScsiStatus.RESERVATION_CONFLICT, Residual.of(command.expectedBytes(), 0), 0);
    }

    /** TASK ABORTED: another initiator ended the command. */
    static void taskAborted(Outbox outbox, ScsiCommand command) throws IOException {
        respond(
                outbox,
                command,
                ScsiStatus.TASK_ABORTED,
                Residual.of(command.expectedBytes(), 0),
                0,
                ByteBuffer.allocate(0));
    }

    /** These bytes, then GOOD. */
    void send(ScsiCommand command, ByteBuffer data) throws IOException {
        dataIn(command, data.remaining(), (offset, into) -> into.put(data.slice(offset, into.remaining())));
    }

    /** This range of a unit, then GOOD. */
    void read(ScsiCommand command, Plan.Read read) throws IOException {
        UnitSource source = new UnitSource(read);
        dataIn(command, read.length(), source);
        meter.read(read.unit(), source.bytes, source.nanos);
    }

    /** A range of a unit; knows how much was read of it, and how long that took. */
    private static final class UnitSource implements Source {
        private final Plan.Read range;
        private long bytes;
        private long nanos;

        UnitSource(Plan.Read range) {
            this.range = range;
        }

        @Override
        public void fill(int offset, ByteBuffer into) throws IOException {
            long begun = System.nanoTime();
            int length = into.remaining();
            readBlocks(range.unit(), range.offset(), offset, into);
            bytes += length;
            nanos += System.nanoTime() - begun;
        }
    }

    private void dataIn(ScsiCommand command, long length, Source source) throws IOException {
        long expected = command.read() ? command.expectedBytes() : 0;
        int total = (int) Math.min(expected, length);
        Residual residual = Residual.of(expected, length);
        if (total == 0) {
            status(command, ScsiStatus.GOOD, residual, 0);
            return;
        }
        outbox.lock().lock();
        try {
            int piece = Math.min(parameters.maxSendLength(), outbox.claimLimit());
            int dataSn = 0;
            int at = 0;
            while (at < total) {
                int leftOfBurst = parameters.maxBurstLength() - at % parameters.maxBurstLength();
                int pieceLength = Math.min(Math.min(piece, total - at), leftOfBurst);
                ByteBuffer data = outbox.claim(pieceLength);
                Optional<Sense> fault = fill(command, source, at, data);
                if (fault.isPresent()) {
                    check(command, fault.get(), Residual.of(expected, at), dataSn);
                    return;
                }
                addDataIn(command, data, dataSn++, at, total, residual, pieceLength == leftOfBurst);
                at += pieceLength;
            }
        } finally {
            outbox.lock().unlock();
        }
    }

    private void addDataIn(
            ScsiCommand command, ByteBuffer data, int dataSn, int at, int total, Residual residual, boolean burstEnds) {
        boolean last = at + data.capacity() == total;
        outbox.addClaimed(
                counters -> new DataIn(
                        last || burstEnds,
                        last,
                        ScsiStatus.GOOD,
                        command.lun(),
                        command.taskTag(),
                        counters,
                        dataSn,
                        at,
                        last ? residual : Residual.NONE),
                data,
                last);
    }

    private static Optional<Sense> fill(ScsiCommand command, Source source, int at, ByteBuffer data) {
        try {
            source.fill(at, data);
            return Optional.empty();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "LUN {0}: read failed: {1}", Long.toHexString(command.lun()), e.getMessage());
            return Optional.of(DeviceServer.senseOf(e));
        }
    }

    /** Reads whole blocks even if the initiator takes only parts of them. */
    private static void readBlocks(LogicalUnit unit, long start, int offset, ByteBuffer into) throws IOException {
        int skipped = offset % BLOCK;
        if (skipped == 0 && into.remaining() % BLOCK == 0) {
            unit.read(start + offset, into);
            return;
        }
        int whole = (skipped + into.remaining() + BLOCK - 1) / BLOCK * BLOCK;
        ByteBuffer blocks = ByteBuffer.allocate(whole);
        unit.read(start + offset - skipped, blocks);
        into.put(blocks.slice(skipped, into.remaining()));
    }

    private void respond(ScsiCommand command, int status, Residual residual, int expDataSn, ByteBuffer data)
            throws IOException {
        respond(outbox, command, status, residual, expDataSn, data);
    }

    private static void respond(
            Outbox outbox, ScsiCommand command, int status, Residual residual, int expDataSn, ByteBuffer data)
            throws IOException {
        outbox.status(
                counters -> new ScsiResponse(
                        command.taskTag(), ScsiResponse.COMPLETED, status, counters, expDataSn, residual),
                data);
    }
}
