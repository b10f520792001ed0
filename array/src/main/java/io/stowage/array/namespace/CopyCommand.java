package io.stowage.array.namespace;

import io.stowage.array.core.LogicalUnit;
import io.stowage.array.core.UnitCopy;
import io.stowage.nvme.command.CopyRange;
import io.stowage.nvme.command.Status;
import io.stowage.nvme.command.SubmissionEntry;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Copy within a namespace; what lies alike is shared and not copied. NVM Command Set 1.0, section 3.2.2. */
final class CopyCommand {
    private static final int BLOCK = LogicalUnit.BLOCK_BYTES;
    private static final int FORMAT = 0xF << 8;
    private static final int DIRECTIVE = 0xF << 20;
    private static final int FUA = 1 << 30;
    private static final int LONGEST = CopyRange.MAX * CopyRange.BYTES;

    private CopyCommand() {}

    static Plan plan(Access access, SubmissionEntry entry) {
        int dword = entry.dword(12);
        if ((dword & (FORMAT | DIRECTIVE)) != 0) {
            return new Plan.Refuse(Status.INVALID_FIELD);
        }
        int number = (dword & 0xFF) + 1;
        if (number > NamespaceLimits.COPY_RANGES) {
            return new Plan.Refuse(Status.COMMAND_SIZE_LIMIT);
        }
        long sent = entry.sglLength();
        if (sent < (long) number * CopyRange.BYTES || sent > LONGEST) {
            return new Plan.Refuse(Status.SGL_LENGTH_INVALID);
        }
        long to = entry.dwords(10);
        boolean durable = (dword & FUA) != 0 || access.viewer().settings().writesThrough();
        return new Plan.Run(
                Optional.of(access.unit()),
                0,
                (int) sent,
                Plan.Pace.SLOW,
                access.guarded(data -> run(access, CopyRange.parse(data, number), to, durable)));
    }

    /** The result of a failed copy is the first range that wasn't copied. */
    private static Ending run(Access access, List<CopyRange> ranges, long to, boolean durable) throws IOException {
        LogicalUnit unit = access.unit();
        long blocks = 0;
        for (int i = 0; i < ranges.size(); i++) {
            CopyRange range = ranges.get(i);
            blocks += range.blocks();
            if (range.blocks() > NamespaceLimits.COPY_RANGE || blocks > NamespaceLimits.COPY) {
                return new Ending(Status.COMMAND_SIZE_LIMIT, i);
            }
            if (BlockCommands.isOutOfRange(unit, range.first(), range.blocks())) {
                return new Ending(Status.LBA_OUT_OF_RANGE, i);
            }
        }
        if (BlockCommands.isOutOfRange(unit, to, blocks)) {
            return Ending.of(Status.LBA_OUT_OF_RANGE);
        }
        long at = to * BLOCK;
        for (int i = 0; i < ranges.size(); i++) {
            long length = (long) ranges.get(i).blocks() * BLOCK;
            try {
                UnitCopy.copy(unit, ranges.get(i).first() * BLOCK, unit, at, length);
            } catch (IOException e) {
                return new Ending(NamespaceServer.statusOf(e), i);
            }
            at += length;
        }
        if (durable) {
            unit.flush();
        }
        return Ending.GOOD;
    }
}
