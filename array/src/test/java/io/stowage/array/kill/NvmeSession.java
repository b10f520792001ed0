package io.stowage.array.kill;

import io.stowage.array.nvme.TestController;
import io.stowage.nvme.command.CompletionEntry;
import io.stowage.nvme.command.NvmOpcode;
import io.stowage.nvme.command.SubmissionEntry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;

/** Over NVMe/TCP; data go in the commands' capsules. */
record NvmeSession(TestController controller, Set<Integer> underWay) implements HostSession {
    private static final int SECTOR = 512;
    private static final int FORCE_UNIT_ACCESS = 1 << 30;
    private static final int DEALLOCATE = 1 << 25;

    NvmeSession(TestController controller) {
        this(controller, new HashSet<>());
    }

    /** A new controller has nothing to tell. */
    @Override
    public void arrive(int unit) {}

    @Override
    public void write(int unit, long lba, ByteBuffer data, boolean fua) throws IOException {
        int length = data.remaining();
        var entry = new SubmissionEntry()
                .opcode(NvmOpcode.WRITE)
                .namespace(unit)
                .data(SubmissionEntry.IN_CAPSULE, length)
                .dwords(10, lba)
                .dword(12, length / SECTOR - 1 | (fua ? FORCE_UNIT_ACCESS : 0));
        underWay.add(controller.io().send(entry, data));
    }

    /** By Write Zeroes that deallocates. */
    @Override
    public void discard(int unit, long lba, int sectors) throws IOException {
        var entry = new SubmissionEntry()
                .opcode(NvmOpcode.WRITE_ZEROES)
                .namespace(unit)
                .data(SubmissionEntry.BY_TRANSPORT, 0)
                .dwords(10, lba)
                .dword(12, sectors - 1 | DEALLOCATE);
        underWay.add(controller.io().send(entry));
    }

    @Override
    public void awaitAll() throws IOException {
        while (!underWay.isEmpty()) {
            var end = controller.io().completion();
            if (!underWay.remove(end.commandId())) {
                throw new AssertionError("not expected: " + end);
            }
            requireGood(end);
        }
    }

    @Override
    public void flush(int unit) throws IOException {
        requireGood(controller
                .io()
                .run(new SubmissionEntry()
                        .opcode(NvmOpcode.FLUSH)
                        .namespace(unit)
                        .data(SubmissionEntry.BY_TRANSPORT, 0)));
    }

    private static void requireGood(CompletionEntry end) {
        if (!end.status().isSuccess()) {
            throw new AssertionError("a command ended with " + end.status());
        }
    }

    @Override
    public void close() throws IOException {
        controller.close();
    }
}
