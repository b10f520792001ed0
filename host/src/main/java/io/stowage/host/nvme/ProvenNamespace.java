package io.stowage.host.nvme;

import io.stowage.host.remote.Allocated;
import io.stowage.host.remote.Command;
import io.stowage.host.remote.LinuxErrno;
import io.stowage.host.remote.ProvenUnit;
import io.stowage.host.remote.Verdict;
import io.stowage.model.Extent;
import io.stowage.nvme.command.AdminOpcode;
import io.stowage.nvme.command.LbaStatus;
import io.stowage.nvme.command.NvmOpcode;
import io.stowage.nvme.command.SubmissionEntry;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A namespace through the controller by which it was examined: turns commands into queue entries. */
final class ProvenNamespace implements ProvenUnit {
    private static final int BLOCK = 512;
    /** NLB has 16 bits. */
    private static final long MAX_ZEROES = 0x1_0000L * BLOCK;
    /** DEAC: the blocks may be given up. */
    private static final int DEALLOCATE = 1 << 25;

    /** Ranges that one answer has room for. */
    private static final int DESCRIPTORS = 2048;

    private final Controller controller;
    private final int namespace;
    private final long size;
    private final boolean givesUp;

    /** @param givesUp whether Write Zeroes may give blocks up, which read as zeros then */
    ProvenNamespace(Controller controller, int namespace, long size, boolean givesUp) {
        this.controller = controller;
        this.namespace = namespace;
        this.size = size;
        this.givesUp = givesUp;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public long maxZeroes() {
        return MAX_ZEROES;
    }

    @Override
    public boolean alive() {
        return controller.alive();
    }

    @Override
    public Verdict carryOut(Command command) {
        return switch (command) {
            case Command.Read(long offset, ByteBuffer into) -> transfer(NvmOpcode.READ, offset, into);
            case Command.Write(long offset, ByteBuffer from) -> transfer(NvmOpcode.WRITE, offset, from);
            case Command.Zeroes(long offset, long length) -> zeroes(offset, length);
            case Command.Allocation(long offset, long length, Allocated answer) ->
                allocation(new Extent(offset, length), answer);
            case Command.Flush() -> run(NvmeCommand.withoutData(entry(NvmOpcode.FLUSH)));
        };
    }

    /**
     * NVM Command Set 1.1, section 4.2.1: worth something only where deallocated blocks read as zeroes. The command has
     * room for 16 bits of length, or asks for everything behind a block.
     */
    private Verdict allocation(Extent range, Allocated answer) {
        if (!givesUp) {
            return new Verdict.Refused(LinuxErrno.EOPNOTSUPP, "to tell what is stored: its holes may hold anything");
        }
        int length = Math.min(
                LbaStatus.HEADER + DESCRIPTORS * LbaStatus.DESCRIPTOR,
                controller.facts().maxTransfer());
        ByteBuffer data = ByteBuffer.allocateDirect(length);
        SubmissionEntry entry = new SubmissionEntry()
                .opcode(AdminOpcode.GET_LBA_STATUS)
                .namespace(namespace)
                .dwords(10, range.offset() / BLOCK)
                .dword(12, length / Integer.BYTES - 1)
                .dword(13, LbaStatus.ALLOCATED << 24);
        NvmeCommand command = NvmeCommand.reading(entry, data);
        if (!controller.runAdmin(command)) {
            return Verdict.LOST;
        }
        Verdict verdict = NvmeVerdict.of(command);
        if (!(verdict instanceof Verdict.Done)) {
            return verdict;
        }
        LbaStatus told = LbaStatus.parse(data.slice(0, command.received()));
        List<Extent> stored = new ArrayList<>();
        long until = range.offset();
        for (LbaStatus.Range each : told.ranges()) {
            long begin = Math.max(until, each.first() * BLOCK);
            until = Math.min(range.end(), Math.max(until, (each.first() + each.blocks()) * BLOCK));
            if (begin < until) {
                stored.add(new Extent(begin, until - begin));
            }
        }
        if (told.complete()) {
            until = range.end();
        }
        if (until == range.offset()) {
            return new Verdict.Refused(LinuxErrno.EOPNOTSUPP, "to tell what is stored: it answered nothing usable");
        }
        answer.tell(stored, until);
        return Verdict.DONE;
    }

    /** In pieces that the controller takes. */
    private Verdict transfer(int opcode, long offset, ByteBuffer data) {
        int max = controller.facts().maxTransfer();
        Verdict verdict = Verdict.DONE;
        for (int done = 0; done < data.remaining() && verdict instanceof Verdict.Done; done += max) {
            ByteBuffer piece = data.slice(data.position() + done, Math.min(max, data.remaining() - done));
            SubmissionEntry entry = range(opcode, offset + done, piece.remaining());
            verdict = run(
                    opcode == NvmOpcode.READ ? NvmeCommand.reading(entry, piece) : NvmeCommand.writing(entry, piece));
        }
        return verdict;
    }

    private Verdict zeroes(long offset, long length) {
        if (!controller.facts().writesZeroes()) {
            return new Verdict.Refused(LinuxErrno.EOPNOTSUPP, "to write zeroes: it has no command for that");
        }
        SubmissionEntry entry = range(NvmOpcode.WRITE_ZEROES, offset, length);
        if (givesUp) {
            entry.dword(12, entry.dword(12) | DEALLOCATE);
        }
        return run(NvmeCommand.withoutData(entry));
    }

    private Verdict run(NvmeCommand command) {
        if (!controller.run(command)) {
            return Verdict.LOST;
        }
        Verdict verdict = NvmeVerdict.of(command);
        if (verdict instanceof Verdict.Done
                && command.direction == NvmeCommand.Direction.READ
                && command.received() != command.length()) {
            return new Verdict.Refused(
                    LinuxErrno.EIO,
                    "a read: it gave %d bytes instead of %d".formatted(command.received(), command.length()));
        }
        return verdict;
    }

    private SubmissionEntry range(int opcode, long offset, long length) {
        return entry(opcode).dwords(10, offset / BLOCK).dword(12, (int) (length / BLOCK - 1));
    }

    private SubmissionEntry entry(int opcode) {
        return new SubmissionEntry().opcode(opcode).namespace(namespace);
    }
}
