package io.stowage.host.nvme;

import io.stowage.host.remote.Command;
import io.stowage.host.remote.LinuxErrno;
import io.stowage.host.remote.ProvenUnit;
import io.stowage.host.remote.Verdict;
import io.stowage.nvme.command.NvmOpcode;
import io.stowage.nvme.command.SubmissionEntry;
import java.nio.ByteBuffer;

/** A namespace through the controller by which it was examined: turns commands into queue entries. */
final class ProvenNamespace implements ProvenUnit {
    private static final int BLOCK = 512;
    /** NLB has 16 bits. */
    private static final long MAX_ZEROES = 0x1_0000L * BLOCK;
    /** DEAC: the blocks may be given up. */
    private static final int DEALLOCATE = 1 << 25;

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
            case Command.Flush() -> run(NvmeCommand.withoutData(entry(NvmOpcode.FLUSH)));
        };
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
