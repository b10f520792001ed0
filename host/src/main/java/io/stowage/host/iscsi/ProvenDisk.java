package io.stowage.host.iscsi;

import io.stowage.host.remote.Command;
import io.stowage.host.remote.LinuxErrno;
import io.stowage.host.remote.ProvenUnit;
import io.stowage.host.remote.Verdict;
import io.stowage.iscsi.scsi.Cdb;
import io.stowage.iscsi.scsi.CdbSize;
import io.stowage.iscsi.scsi.Lun;
import java.nio.ByteBuffer;

/** A unit on the connection over which it was examined: turns commands into CDBs. */
final class ProvenDisk implements ProvenUnit {
    private static final int BLOCK = 512;
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
        return connection.alive();
    }

    @Override
    public Verdict carryOut(Command command) {
        Task task = task(command);
        Verdict verdict = connection.carryOut(task);
        if (verdict instanceof Verdict.Done && command instanceof Command.Read && task.received() != task.length()) {
            return new Verdict.Refused(
                    LinuxErrno.EIO, "a read: it gave %d bytes instead of %d".formatted(task.received(), task.length()));
        }
        return verdict;
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
            case Command.Flush() -> Task.withoutData(lun, Cdb.SynchronizeCache.everything());
        };
    }
}
