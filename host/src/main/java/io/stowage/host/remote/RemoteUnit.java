package io.stowage.host.remote;

import io.stowage.host.connector.AttachRequest.Sharing;
import io.stowage.host.connector.ExpectedIdentity;
import io.stowage.host.export.BlockSource;
import io.stowage.model.Extent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One unit of a target as a block source: cuts requests into commands the target takes, keeps what is not flushed, and
 * sends again what connections lost. Calls block until they are answered; they end otherwise only when the unit is
 * closed, refuses, or is not the expected one any more ({@link RemoteError} says which).
 */
public final class RemoteUnit implements BlockSource {
    private static final System.Logger LOG = System.getLogger(RemoteUnit.class.getName());

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Session session;
    private final int number;
    private final ExpectedIdentity identity;
    private final boolean keeps;
    private final UnitState state;
    private final KeptWrites kept;
    private final Commands commands;
    private final Persistence persistence;
    private final Object flushing = new Object();
    private final AtomicBoolean writesLost = new AtomicBoolean();

    RemoteUnit(Session session, int number, ExpectedIdentity identity, Sharing sharing, InitiatorOptions options) {
        this.session = session;
        this.number = number;
        this.identity = identity;
        this.keeps = sharing == Sharing.EXCLUSIVE;
        this.kept = new KeptWrites(keeps ? options.keptBytes() : 0);
        this.state = new UnitState(number, kept, session::wake);
        this.commands = new Commands(number, state, options.retryDelay());
        this.persistence = new Persistence(number, options.retryDelay());
    }

    /** The logical unit number or the namespace id. */
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

    /** Has the unit's identity proven again; what is under way counts for nothing, as another volume may answer. */
    public void examineAgain() {
        state.requestExamination();
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
                ByteBuffer part = target.slice(target.position(), Math.min(target.remaining(), Command.MAX_TRANSFER));
                // What was read while older writes may have been repeated may be older than the newest: read again.
                commands.send(new Command.Read(at, part), state::isPresent);
                target.position(target.position() + part.capacity());
                at += part.capacity();
            }
        } finally {
            Interruptions.giveBack();
        }
    }

    @Override
    public void write(long offset, ByteBuffer source) throws IOException {
        Interruptions.putAside();
        try {
            long at = offset;
            while (source.hasRemaining()) {
                ByteBuffer part = source.slice(source.position(), Math.min(source.remaining(), Command.MAX_TRANSFER));
                write(new Command.Write(at, part));
                source.position(source.position() + part.capacity());
                at += part.capacity();
            }
        } finally {
            Interruptions.giveBack();
        }
    }

    /**
     * Zeroes too, which the target keeps by giving up the blocks where it can. Not SCSI's UNMAP or NVMe's deallocation:
     * they are only hints, and blocks that the target doesn't care to give up keep what they held.
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
                long part = Math.min(end - at, state.awaitReady().maxZeroes());
                zero(at, part);
                at += part;
            }
        } finally {
            Interruptions.giveBack();
        }
    }

    /**
     * Where in the range there may be something else than zeroes, as far as the target tells.
     *
     * @return cut to the range, ascending and apart from each other
     */
    public List<Extent> stored(Extent range) {
        Interruptions.putAside();
        try {
            List<Extent> found = new ArrayList<>();
            for (long at = range.offset(); at < range.end(); ) {
                Allocated answer = new Allocated();
                commands.send(new Command.Allocation(at, range.end() - at, answer), state::isPresent);
                answer.extents().forEach(extent -> append(found, extent));
                at = answer.until();
            }
            return found;
        } catch (RemoteError e) {
            // It can't tell, in whatever words; whether it can be used at all shows when it is read.
            return List.of(range);
        } finally {
            Interruptions.giveBack();
        }
    }

    private static void append(List<Extent> extents, Extent next) {
        if (!extents.isEmpty() && extents.getLast().end() == next.offset()) {
            Extent last = extents.removeLast();
            extents.add(new Extent(last.offset(), last.length() + next.length()));
        } else {
            extents.add(next);
        }
    }

    private void zero(long offset, long length) throws RemoteError {
        try {
            change(new Command.Zeroes(offset, length), KeptWrites.Kind.ZEROES, offset, length, NOTHING);
        } catch (RemoteError e) {
            if (e.errno() != LinuxErrno.EOPNOTSUPP) {
                throw e;
            }
            writeZeroBytes(offset, length);
        }
    }

    /** For targets that have no command for it. */
    private void writeZeroBytes(long offset, long length) throws RemoteError {
        ByteBuffer zeroes = ByteBuffer.allocateDirect((int) Math.min(length, Command.MAX_TRANSFER));
        long end = offset + length;
        for (long at = offset; at < end; at += zeroes.capacity()) {
            write(new Command.Write(at, zeroes.slice(0, (int) Math.min(end - at, zeroes.capacity()))));
        }
    }

    private void write(Command.Write command) throws RemoteError {
        change(command, KeptWrites.Kind.WRITE, command.offset(), command.from().remaining(), command.from());
    }

    /** Sends a command that changes the unit, and keeps it until it is durable. */
    private void change(Command command, KeptWrites.Kind kind, long offset, long length, ByteBuffer data)
            throws RemoteError {
        if (!keeps) {
            commands.send(command, now -> true);
            return;
        }
        reserve(data.remaining());
        try {
            commands.send(command, now -> kept.keep(now, kind, offset, length, data));
        } finally {
            kept.release(data.remaining());
        }
    }

    private void reserve(int bytes) throws RemoteError {
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
            throw new RemoteError(LinuxErrno.EIO, "Unit " + number + " has lost writes and refused them since");
        }
    }

    private void synchronize() throws RemoteError {
        long end = kept.end();
        commands.send(new Command.Flush(), now -> {
            kept.durable(now, end);
            return true;
        });
    }

    /** Repeats what may be lost, where the unit was just examined. To be called by the keeper. */
    void repeatKept(ProvenUnit proven) throws IOException {
        kept.replay((kind, offset, length, data) -> {
            try {
                switch (kind) {
                    case WRITE -> persistence.carryOut(() -> proven.carryOut(new Command.Write(offset, data)));
                    case ZEROES -> repeatZeroes(proven, offset, length);
                }
            } catch (RemoteError e) {
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

    private void repeatZeroes(ProvenUnit proven, long offset, long length) throws IOException {
        long end = offset + length;
        for (long at = offset; at < end; at += proven.maxZeroes()) {
            Command part = new Command.Zeroes(at, Math.min(end - at, proven.maxZeroes()));
            persistence.carryOut(() -> proven.carryOut(part));
        }
    }
}
