package io.stowage.array.namespace;

import io.stowage.array.core.LogicalUnit;
import io.stowage.array.store.Extent;
import io.stowage.nvme.command.LbaStatus;
import io.stowage.nvme.command.Status;
import io.stowage.nvme.command.SubmissionEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Get LBA Status: which blocks are allocated, told from the store's trees. Blocks that can't be read any more there are
 * none. NVM Command Set 1.1, section 4.1.4.
 */
final class LbaStatusCommand {
    private static final int BLOCK = LogicalUnit.BLOCK_BYTES;

    /** Ranges told at once; hosts go on behind the last. */
    private static final int MAX_RANGES = 4096;

    /** A number of blocks has 32 bits; a multiple of what the store allocates. */
    private static final long LONGEST = 1L << 31;

    /** Looked through at once, unless there is nothing in it: 1 TiB. */
    private static final long WINDOW = LONGEST * BLOCK;

    private LbaStatusCommand() {}

    static Plan plan(Access access, SubmissionEntry entry, Limits limits) {
        LogicalUnit unit = access.unit();
        long first = entry.dwords(10);
        long wanted = entry.dword(13) & 0xFFFF;
        long bytes = (Integer.toUnsignedLong(entry.dword(12)) + 1) * Integer.BYTES;
        if (bytes > limits.maxTransferBytes()) {
            return new Plan.Refuse(Status.INVALID_FIELD);
        }
        if (bytes > entry.sglLength()) {
            return new Plan.Refuse(Status.SGL_LENGTH_INVALID);
        }
        long capacity = unit.sizeBytes() / BLOCK;
        if (Long.compareUnsigned(first, capacity) >= 0 || wanted > capacity - first) {
            return new Plan.Refuse(Status.LBA_OUT_OF_RANGE);
        }
        long end = wanted == 0 ? capacity : first + wanted;
        int limit = (int) Math.clamp((bytes - LbaStatus.HEADER) / LbaStatus.DESCRIPTOR, 0, MAX_RANGES);
        try {
            return switch (entry.dword(13) >>> 24) {
                case LbaStatus.ALLOCATED -> send(allocated(unit, first, end, limit), bytes);
                case LbaStatus.SCAN_UNREADABLE, LbaStatus.UNREADABLE -> send(new LbaStatus(List.of(), true), bytes);
                default -> new Plan.Refuse(Status.INVALID_FIELD);
            };
        } catch (IOException e) {
            return new Plan.Refuse(NamespaceServer.statusOf(e));
        }
    }

    /** As much of it as was asked for. */
    private static Plan send(LbaStatus status, long bytes) {
        var data = status.encode();
        return new Plan.Send(0, data.limit((int) Math.min(data.limit(), bytes)));
    }

    private static LbaStatus allocated(LogicalUnit unit, long first, long end, int limit) throws IOException {
        List<LbaStatus.Range> ranges = new ArrayList<>();
        long at = first * BLOCK;
        while (at < end * BLOCK && ranges.isEmpty()) {
            long length = Math.min(end * BLOCK - at, WINDOW);
            // One more than fits tells whether there is more.
            for (Extent extent : unit.allocated(at, length, limit + 1)) {
                ranges.add(new LbaStatus.Range(extent.offset() / BLOCK, extent.length() / BLOCK));
            }
            at += length;
        }
        boolean isAll = ranges.size() <= limit && at >= end * BLOCK;
        return new LbaStatus(ranges.subList(0, Math.min(limit, ranges.size())), isAll);
    }
}
