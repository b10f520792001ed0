package io.stowage.array.namespace;

import io.stowage.array.core.LogicalUnit;
import io.stowage.nvme.command.DatasetRange;
import io.stowage.nvme.command.Status;
import io.stowage.nvme.command.SubmissionEntry;
import java.util.List;
import java.util.Optional;

/** Dataset Management: ranges are given up; hints on their use are taken and forgotten. NVM Command Set 1.0, section 3.2.3. */
final class DatasetCommand {
    private static final int BLOCK = LogicalUnit.BLOCK_BYTES;

    /** Linux always sends this much, however few ranges there are. */
    private static final int LONGEST = DatasetRange.MAX * DatasetRange.BYTES;

    private DatasetCommand() {}

    static Plan plan(Access access, SubmissionEntry entry) {
        int number = (entry.dword(10) & 0xFF) + 1;
        long sent = entry.sglLength();
        if (sent < (long) number * DatasetRange.BYTES || sent > LONGEST) {
            return new Plan.Refuse(Status.SGL_LENGTH_INVALID);
        }
        boolean deallocates = (entry.dword(11) & DatasetRange.DEALLOCATE) != 0;
        LogicalUnit unit = access.unit();
        return new Plan.Run(Optional.of(unit), 0, (int) sent, Plan.Pace.SLOW, access.guarded(data -> {
            List<DatasetRange> ranges = DatasetRange.parse(data, number);
            for (DatasetRange range : ranges) {
                if (BlockCommands.isOutOfRange(unit, range.first(), range.blocks())) {
                    return Ending.of(Status.LBA_OUT_OF_RANGE);
                }
            }
            for (DatasetRange range : ranges) {
                if (deallocates && range.blocks() > 0) {
                    unit.exclusion().shared(() -> unit.discard(range.first() * BLOCK, range.blocks() * BLOCK));
                }
            }
            return Ending.GOOD;
        }));
    }
}
