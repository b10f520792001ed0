package io.stowage.array.scsi;

import io.stowage.array.core.LogicalUnit;
import io.stowage.array.store.Extent;
import io.stowage.iscsi.scsi.Cdb;
import io.stowage.iscsi.scsi.LbaStatus;
import io.stowage.iscsi.scsi.Sense;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Which blocks of a unit are mapped: the answer to GET LBA STATUS. SBC-3, section 5.6. */
final class Mapping {
    private static final int BLOCK = LogicalUnit.BLOCK_BYTES;
    private static final int MAX_EXTENTS = 256;

    /** Blocks looked at by one command, 1 TiB: the field for their number has 32 bits. */
    private static final long MAX_BLOCKS = 1L << 31;

    private Mapping() {}

    static Plan plan(LogicalUnit unit, Cdb.GetLbaStatus command) {
        long capacity = unit.sizeBytes() / BLOCK;
        if (Long.compareUnsigned(command.lba(), capacity) >= 0) {
            return new Plan.Refuse(Sense.LBA_OUT_OF_RANGE);
        }
        long blocks = Math.min(capacity - command.lba(), MAX_BLOCKS);
        try {
            LbaStatus status = new LbaStatus(ranges(unit, command.lba(), blocks, extents(command.allocation())));
            return DeviceServer.cut(status.encode(), command.allocation());
        } catch (IOException e) {
            return new Plan.Refuse(DeviceServer.senseOf(e));
        }
    }

    private static int extents(long allocation) {
        long descriptors = (allocation - LbaStatus.HEADER) / LbaStatus.DESCRIPTOR;
        return (int) Math.clamp(descriptors, 1, MAX_EXTENTS);
    }

    private static List<LbaStatus.Range> ranges(LogicalUnit unit, long lba, long blocks, int limit) throws IOException {
        List<LbaStatus.Range> ranges = new ArrayList<>();
        long at = lba * BLOCK;
        long end = at + blocks * BLOCK;
        List<Extent> extents = unit.allocated(at, blocks * BLOCK, limit);
        for (Extent extent : extents) {
            add(ranges, at, extent.offset(), false);
            add(ranges, extent.offset(), extent.end(), true);
            at = extent.end();
        }
        // When there may be more extents than were asked for, nothing is known behind the last.
        if (extents.size() < limit) {
            add(ranges, at, end, false);
        }
        return ranges;
    }

    private static void add(List<LbaStatus.Range> ranges, long start, long end, boolean mapped) {
        if (start < end) {
            ranges.add(new LbaStatus.Range(start / BLOCK, (end - start) / BLOCK, mapped));
        }
    }
}
