package io.stowage.array.namespace;

import io.stowage.nvme.command.NvmOpcode;
import io.stowage.nvme.command.Status;
import io.stowage.nvme.command.SubmissionEntry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Function;

/**
 * Compare and Write, the one fused operation that there is: the write is carried out if what is stored is what was
 * expected, and no other write comes between, whatever its protocol. NVM Command Set 1.0, section 2.1.4.2; Base 2.0,
 * section 3.4.2.
 */
final class CompareAndWrite {
    /** Blocks of the longest one: ACWU, plus one. */
    static final int BLOCKS = 256;

    private CompareAndWrite() {}

    /** @param planning plans a command by itself */
    static FusedPlan plan(SubmissionEntry first, SubmissionEntry second, Function<SubmissionEntry, Plan> planning) {
        if (first.opcode() != NvmOpcode.COMPARE
                || second.opcode() != NvmOpcode.WRITE
                || first.namespace() != second.namespace()
                || first.dwords(10) != second.dwords(10)
                || blocks(first) != blocks(second)) {
            return new FusedPlan.Refuse(Status.INVALID_FIELD, Status.INVALID_FIELD);
        }
        if (blocks(first) > BLOCKS) {
            return new FusedPlan.Refuse(Status.ATOMIC_UNIT_EXCEEDED, Status.FUSED_FAILED);
        }
        Plan comparing = planning.apply(first.copy().fused(0));
        Plan writing = planning.apply(second.copy().fused(0));
        if (comparing instanceof Plan.Run compare && writing instanceof Plan.Run write) {
            return new FusedPlan.Run(
                    write.unit().orElseThrow(),
                    write.written(),
                    write.length(),
                    (expected, data) -> run(compare, expected, write, data));
        }
        return comparing instanceof Plan.Refuse(Status why)
                ? new FusedPlan.Refuse(why, Status.FUSED_FAILED)
                : new FusedPlan.Refuse(Status.FUSED_FAILED, ((Plan.Refuse) writing).status());
    }

    private static int blocks(SubmissionEntry entry) {
        return (entry.dword(12) & 0xFFFF) + 1;
    }

    private static FusedPlan.Endings run(Plan.Run compare, ByteBuffer expected, Plan.Run write, ByteBuffer data) {
        try {
            return write.unit().orElseThrow().exclusion().alone(() -> {
                Ending compared = compare.action().run(expected);
                return compared.status().isSuccess()
                        ? new FusedPlan.Endings(compared, write.action().run(data))
                        : new FusedPlan.Endings(compared, Ending.of(Status.FUSED_FAILED));
            });
        } catch (IOException e) {
            throw new IllegalStateException("actions don't throw", e);
        }
    }
}
