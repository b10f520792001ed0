package io.stowage.array.namespace;

import io.stowage.array.core.Comparison;
import io.stowage.array.core.LogicalUnit;
import io.stowage.nvme.command.NvmOpcode;
import io.stowage.nvme.command.Status;
import io.stowage.nvme.command.SubmissionEntry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Commands on one range of blocks. NVM Command Set 1.0, section 3.2. */
final class BlockCommands {
    private static final int BLOCK = LogicalUnit.BLOCK_BYTES;
    private static final int FUA = 1 << 30;
    private static final int DIRECTIVE = 0xF << 20;

    private final Limits limits;

    BlockCommands(Limits limits) {
        this.limits = limits;
    }

    Plan plan(Access access, SubmissionEntry entry) {
        int opcode = entry.opcode();
        long first = entry.dwords(10);
        long blocks = (entry.dword(12) & 0xFFFF) + 1;
        long length = blocks * BLOCK;
        LogicalUnit unit = access.unit();
        boolean moves = opcode == NvmOpcode.READ || opcode == NvmOpcode.WRITE || opcode == NvmOpcode.COMPARE;
        if (moves && length > limits.maxTransferBytes()) {
            return new Plan.Refuse(Status.INVALID_FIELD);
        }
        if (opcode == NvmOpcode.WRITE && (entry.dword(12) & DIRECTIVE) != 0) {
            return new Plan.Refuse(Status.INVALID_FIELD);
        }
        if (isOutOfRange(unit, first, blocks)) {
            return new Plan.Refuse(Status.LBA_OUT_OF_RANGE);
        }
        if (entry.sglLength() != (moves ? length : 0)) {
            return new Plan.Refuse(Status.SGL_LENGTH_INVALID);
        }
        long offset = first * BLOCK;
        boolean durable =
                (entry.dword(12) & FUA) != 0 || access.viewer().settings().writesThrough();
        return switch (opcode) {
            case NvmOpcode.READ -> new Plan.Read(unit, offset, (int) length);
            case NvmOpcode.WRITE -> write(access, offset, (int) length, durable);
            case NvmOpcode.COMPARE -> compare(access, offset, (int) length);
            case NvmOpcode.WRITE_ZEROES -> zero(access, offset, length, durable);
            case NvmOpcode.VERIFY -> verify(access, offset, length);
            default -> throw new IllegalArgumentException("operation code " + opcode);
        };
    }

    /** All numbers are unsigned. */
    static boolean isOutOfRange(LogicalUnit unit, long first, long blocks) {
        long capacity = unit.sizeBytes() / BLOCK;
        return Long.compareUnsigned(first, capacity) > 0 || blocks > capacity - first;
    }

    private static Plan write(Access access, long offset, int length, boolean durable) {
        LogicalUnit unit = access.unit();
        return new Plan.Run(
                Optional.of(unit), length, length, durable ? Plan.Pace.SLOW : Plan.Pace.QUICK, access.guarded(data -> {
                    unit.exclusion().shared(() -> unit.write(offset, data));
                    if (durable) {
                        unit.flush();
                    }
                    return Ending.GOOD;
                }));
    }

    private static Plan compare(Access access, long offset, int length) {
        LogicalUnit unit = access.unit();
        return new Plan.Run(
                Optional.of(unit),
                0,
                length,
                Plan.Pace.SLOW,
                access.guarded(data -> Comparison.withUnit(unit, offset, data).isEmpty()
                        ? Ending.GOOD
                        : Ending.of(Status.COMPARE_FAILURE)));
    }

    /** Zeros are given up with or without the DEAC bit: a thin array stores none. */
    private static Plan zero(Access access, long offset, long length, boolean durable) {
        LogicalUnit unit = access.unit();
        return new Plan.Run(Optional.of(unit), 0, 0, Plan.Pace.SLOW, access.guarded(data -> {
            unit.exclusion().shared(() -> unit.discard(offset, length));
            if (durable) {
                unit.flush();
            }
            return Ending.GOOD;
        }));
    }

    private static Plan verify(Access access, long offset, long length) {
        return new Plan.Run(Optional.of(access.unit()), 0, 0, Plan.Pace.SLOW, access.guarded(data -> {
            readThrough(access.unit(), offset, length);
            return Ending.GOOD;
        }));
    }

    private static void readThrough(LogicalUnit unit, long offset, long length) throws IOException {
        ByteBuffer piece = ByteBuffer.allocate((int) Math.min(Comparison.PIECE, length));
        for (long done = 0; done < length; done += piece.limit()) {
            piece.clear().limit((int) Math.min(piece.capacity(), length - done));
            unit.read(offset + done, piece);
        }
    }
}
