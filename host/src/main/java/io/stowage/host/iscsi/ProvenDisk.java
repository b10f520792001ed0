package io.stowage.host.iscsi;

import io.stowage.host.remote.Allocated;
import io.stowage.host.remote.Command;
import io.stowage.host.remote.LinuxErrno;
import io.stowage.host.remote.ProvenUnit;
import io.stowage.host.remote.Verdict;
import io.stowage.iscsi.scsi.Cdb;
import io.stowage.iscsi.scsi.CdbSize;
import io.stowage.iscsi.scsi.LbaStatus;
import io.stowage.iscsi.scsi.Lun;
import io.stowage.model.Extent;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A unit on the connection over which it was examined: turns commands into CDBs. */
final class ProvenDisk implements ProvenUnit {
    private static final int BLOCK = 512;
    /** Ranges that one answer has room for. */
    private static final int DESCRIPTORS = 2048;

    private static final ByteBuffer ZERO_BLOCK =
            ByteBuffer.allocateDirect(BLOCK).asReadOnlyBuffer();

    private final Connection connection;
    private final long lun;
    private final UnitFacts facts;

    ProvenDisk(Connection connection, int unit, UnitFacts facts) {
        this.connection = connection;
        this.lun = Lun.encode(unit);
        this.facts = facts;
    }

    @Override
    public long size() {
        return facts.size();
    }

    @Override
    public long maxZeroes() {
        return facts.zeroBlocks() * BLOCK;
    }

    @Override
    public boolean alive() {
        return connection.wire().alive();
    }

    @Override
    public Verdict carryOut(Command command) {
        if (command instanceof Command.Allocation(long offset, long length, Allocated answer)) {
            return allocation(new Extent(offset, length), answer);
        }
        Task task = task(command);
        Verdict verdict = connection.carryOut(task);
        if (verdict instanceof Verdict.Done && command instanceof Command.Read && task.received() != task.length()) {
            return new Verdict.Refused(
                    LinuxErrno.EIO, "a read: it gave %d bytes instead of %d".formatted(task.received(), task.length()));
        }
        return verdict;
    }

    /** SBC-3, section 5.6: worth something only where deallocated blocks read as zeroes (LBPRZ). */
    private Verdict allocation(Extent range, Allocated answer) {
        if (!facts.zeroed()) {
            return new Verdict.Refused(LinuxErrno.EOPNOTSUPP, "to tell what is stored: its holes may hold anything");
        }
        ByteBuffer data = ByteBuffer.allocateDirect(LbaStatus.HEADER + DESCRIPTORS * LbaStatus.DESCRIPTOR);
        Task task = Task.reading(lun, new Cdb.GetLbaStatus(range.offset() / BLOCK, data.capacity()), data);
        Verdict verdict = connection.carryOut(task);
        if (!(verdict instanceof Verdict.Done)) {
            return verdict;
        }
        List<Extent> stored = new ArrayList<>();
        long until = range.offset();
        for (LbaStatus.Range told : LbaStatus.parse(data.limit(task.received())).ranges()) {
            if (told.lba() != until / BLOCK || told.blocks() == 0 || until >= range.end()) {
                break;
            }
            long end = Math.min(range.end(), until + told.blocks() * BLOCK);
            if (told.mapped()) {
                stored.add(new Extent(until, end - until));
            }
            until = end;
        }
        if (until == range.offset()) {
            return new Verdict.Refused(LinuxErrno.EOPNOTSUPP, "to tell what is stored: it answered nothing usable");
        }
        answer.tell(stored, until);
        return Verdict.DONE;
    }

    private Task task(Command command) {
        return switch (command) {
            case Command.Read(long offset, ByteBuffer into) ->
                Task.reading(lun, new Cdb.Read(offset / BLOCK, into.remaining() / BLOCK), into);
            case Command.Write(long offset, ByteBuffer from) ->
                Task.writing(lun, new Cdb.Write(offset / BLOCK, from.remaining() / BLOCK, false), from);
            case Command.Zeroes(long offset, long length) ->
                Task.writing(
                        lun,
                        new Cdb.WriteSame(
                                CdbSize.SIXTEEN, offset / BLOCK, length / BLOCK, 0, false, facts.unmapsZeroes(), false),
                        ZERO_BLOCK.duplicate());
            case Command.Allocation allocation -> throw new IllegalArgumentException("has an answer to be read");
            case Command.Flush() -> Task.withoutData(lun, Cdb.SynchronizeCache.everything());
        };
    }
}
