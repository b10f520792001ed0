package io.stowage.array.nvme;

import io.stowage.array.namespace.FailedCommand;
import io.stowage.nvme.command.NvmOpcode;
import io.stowage.nvme.command.Status;
import io.stowage.nvme.command.SubmissionEntry;

/**
 * What the error log wants to know of a command.
 *
 * @param id its command identifier
 * @param block its first block; 0 for commands without
 */
record Asked(int id, int namespace, long block) {
    static Asked of(SubmissionEntry entry, boolean admin) {
        boolean hasBlocks = !admin
                && switch (entry.opcode()) {
                    case NvmOpcode.READ,
                            NvmOpcode.WRITE,
                            NvmOpcode.COMPARE,
                            NvmOpcode.WRITE_ZEROES,
                            NvmOpcode.VERIFY,
                            NvmOpcode.COPY -> true;
                    default -> false;
                };
        return new Asked(entry.commandId(), entry.namespace(), hasBlocks ? entry.dwords(10) : 0);
    }

    FailedCommand failed(Status status) {
        return new FailedCommand(id, namespace, block, status);
    }
}
