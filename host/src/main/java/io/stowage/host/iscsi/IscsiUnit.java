package io.stowage.host.iscsi;

import io.stowage.host.connector.AttachRequest.Sharing;
import io.stowage.host.connector.ExpectedIdentity;
import io.stowage.host.export.BlockSource;
import io.stowage.iscsi.scsi.Cdb;
import io.stowage.iscsi.scsi.CdbSize;
import io.stowage.iscsi.scsi.Lun;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * One unit of a target as a block source: cuts requests into commands the target takes, keeps what is not flushed, and
 * sends again what connections lost. Calls block until they are answered; they end otherwise only when the unit is
 * closed, refuses, or is not the expected one any more ({@link IscsiError} says which).
 */
public final class IscsiUnit implements BlockSource {
    private static final System.Logger LOG = System.getLogger(IscsiUnit.class.getName());

    /** Bytes of the largest READ and WRITE: one burst. */
    private static final int MAX_TRANSFER = 1 << 20;

    private static final int BLOCK = 512;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final ByteBuffer ZERO_BLOCK =
            ByteBuffer.allocateDirect(BLOCK).asReadOnlyBuffer();

    private final Session session;
    private final int number;
    private final long lun;
    private final ExpectedIdentity identity;
    private final boolean keeps;
    private final UnitState state;
    private final KeptWrites kept;
    private final Commands commands;
    private final Object flushing = new Object();
    private final AtomicBoolean writesLost = new AtomicBoolean();

    IscsiUnit(Session session, int number, ExpectedIdentity identity, Sharing sharing, InitiatorOptions options) {
        this.session = session;
        this.number = number;
        this.lun = Lun.encode(number);
        this.identity = identity;
        this.keeps = sharing == Sharing.EXCLUSIVE;
        this.kept = new KeptWrites(keeps ? options.keptBytes() : 0);
        this.state = new UnitState(number, kept, session::wake);
        this.commands = new Commands(number, state, options.retryDelay());
    }

    /** The logical unit number. */
    public int number() {
        return number;
    }

    Session session() {
        return session;
    }

    ExpectedIdentity identity() {
        return identity;
    }

    UnitState state() {
        return state;
    }

    @Override
    public long size() {
        return state.size();
    }

    @Override
    public void read(long offset, ByteBuffer target) throws IOException {
        Interruptions.putAside();
        try {
            long at = offset;
            while (target.hasRemaining()) {
                ByteBuffer part = target.slice(target.position(), Math.min(target.remaining(), MAX_TRANSFER));
                Cdb cdb = new Cdb.Read(at / BLOCK, part.capacity() / BLOCK);
                commands.send(now -> Task.reading(lun, cdb, part), this::counts);
                target.position(target.position() + part.capacity());
                at += part.capacity();
            }
        } finally {
            Interruptions.giveBack();
        }
    }

    /** What was read while older writes may have been repeated counts for nothing: it may be older than the newest. */
    private boolean counts(Readiness readiness, Task read) throws IscsiError {
        if (read.received() != read.length()) {
            throw new IscsiError(
                    LinuxErrno.EIO,
                    "Unit %d gave %d bytes instead of %d".formatted(number, read.received(), read.length()));
        }
        return state.isPresent(readiness);
    }

    @Override
    public void write(long offset, ByteBuffer source) throws IOException {
        Interruptions.putAside();
        try {
            long at = offset;
            while (source.hasRemaining()) {
                ByteBuffer part = source.slice(source.position(), Math.min(source.remaining(), MAX_TRANSFER));
                Cdb cdb = new Cdb.Write(at / BLOCK, part.capacity() / BLOCK, false);
                change(KeptWrites.Kind.WRITE, at, part.capacity(), part, now -> Task.writing(lun, cdb, part));
                source.position(source.position() + part.capacity());
                at += part.capacity();
            }
        } finally {
            Interruptions.giveBack();
        }
    }

    /**
     * Zeroes too, which the target keeps by giving up the blocks where it can. Not UNMAP: that is only a hint, and
     * blocks that the target doesn't care to unmap keep what they held, also where unmapped ones read as zeros.
     */
    @Override
    public void discard(long offset, long length) throws IOException {
        writeZeroes(offset, length);
    }

    @Override
    public void writeZeroes(long offset, long length) throws IOException {
        Interruptions.putAside();
        try {
            long end = offset + length;
            long at = offset;
            while (at < end) {
                long part = Math.min(end - at, state.awaitReady().facts().zeroBlocks() * BLOCK);
                zero(at, part);
                at += part;
            }
        } finally {
            Interruptions.giveBack();
        }
    }

    private void zero(long offset, long length) throws IscsiError {
        try {
            change(KeptWrites.Kind.ZEROES, offset, length, NOTHING, now -> zeroes(now.facts(), offset, length));
        } catch (IscsiError e) {
            if (e.errno() != LinuxErrno.EOPNOTSUPP) {
                throw e;
            }
            writeZeroBytes(offset, length);
        }
    }

    /** For targets without WRITE SAME. */
    private void writeZeroBytes(long offset, long length) throws IscsiError {
        ByteBuffer zeroes = ByteBuffer.allocateDirect((int) Math.min(length, MAX_TRANSFER));
        long end = offset + length;
        for (long at = offset; at < end; at += zeroes.capacity()) {
            ByteBuffer part = zeroes.slice(0, (int) Math.min(end - at, zeroes.capacity()));
            Cdb cdb = new Cdb.Write(at / BLOCK, part.capacity() / BLOCK, false);
            change(KeptWrites.Kind.WRITE, at, part.capacity(), part, now -> Task.writing(lun, cdb, part));
        }
    }

    private Task zeroes(UnitFacts facts, long offset, long length) {
        Cdb cdb = new Cdb.WriteSame(
                CdbSize.SIXTEEN, offset / BLOCK, length / BLOCK, 0, false, facts.unmapsZeroes(), false);
        return Task.writing(lun, cdb, ZERO_BLOCK.duplicate());
    }

    /** Sends a command that changes the unit, and keeps it until it is durable. */
    private void change(
            KeptWrites.Kind kind, long offset, long length, ByteBuffer data, Function<Readiness, Task> making)
            throws IscsiError {
        if (!keeps) {
            commands.send(making, (now, task) -> true);
            return;
        }
        reserve(data.remaining());
        try {
            commands.send(making, (now, task) -> kept.keep(now, kind, offset, length, data));
        } finally {
            kept.release(data.remaining());
        }
    }

    private void reserve(int bytes) throws IscsiError {
        while (!kept.reserve(bytes)) {
            synchronized (flushing) { // one flush makes room for all who wait for it
                if (kept.crowded()) {
                    synchronize();
                }
            }
        }
    }

    @Override
    public void flush() throws IOException {
        Interruptions.putAside();
        try {
            synchronize();
        } finally {
            Interruptions.giveBack();
        }
        if (writesLost.compareAndSet(true, false)) {
            throw new IscsiError(LinuxErrno.EIO, "Unit " + number + " has lost writes and refused them since");
        }
    }

    private void synchronize() throws IscsiError {
        long end = kept.end();
        commands.send(now -> Task.withoutData(lun, Cdb.SynchronizeCache.everything()), (now, task) -> {
            kept.durable(now, end);
            return true;
        });
    }

    /** Repeats what may be lost, on a connection where the unit was just examined. To be called by the keeper. */
    void repeatKept(Examination examination, UnitFacts facts) throws IOException {
        kept.replay((kind, offset, length, data) -> {
            try {
                examination.carryOut(() -> switch (kind) {
                    case WRITE -> Task.writing(lun, new Cdb.Write(offset / BLOCK, length / BLOCK, false), data);
                    case ZEROES -> zeroes(facts, offset, length);
                });
            } catch (IscsiError e) {
                LOG.log(
                        System.Logger.Level.ERROR,
                        "Unit {0} lost a write at byte {1} and refuses it now; the next flush will fail: {2}",
                        number,
                        offset,
                        e.getMessage());
                writesLost.set(true);
            }
        });
    }
}
