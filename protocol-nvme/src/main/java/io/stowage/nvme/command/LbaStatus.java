package io.stowage.nvme.command;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * The data of Get LBA Status. NVM Command Set 1.0, section 4.2.1; which blocks are allocated came with 1.1 (action type
 * 02h).
 *
 * @param complete whether the whole range that was asked for is told; otherwise more may lie behind the last of these
 */
public record LbaStatus(List<Range> ranges, boolean complete) {

    /**
     * Neighbouring blocks.
     *
     * @param first the first block, unsigned
     * @param blocks how many, 1 to 2^32-1
     */
    public record Range(long first, long blocks) {}

    /** Action type: the blocks that hold something; others read as zeros and take no space. */
    public static final int ALLOCATED = 0x02;

    /** Action type: scan, and tell the blocks that can't be read any more. */
    public static final int SCAN_UNREADABLE = 0x10;

    /** Action type: the blocks that are known not to be readable any more. */
    public static final int UNREADABLE = 0x11;

    /** Bytes before the first descriptor. */
    public static final int HEADER = 8;

    /** Bytes of a descriptor. */
    public static final int DESCRIPTOR = 16;

    private static final int INCOMPLETE = 1;
    private static final int COMPLETE = 2;

    public LbaStatus {
        ranges = List.copyOf(ranges);
    }

    /** All of the data, position 0. */
    public ByteBuffer encode() {
        ByteBuffer out =
                ByteBuffer.allocate(HEADER + DESCRIPTOR * ranges.size()).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(ranges.size()).putInt(complete ? COMPLETE : INCOMPLETE);
        for (Range range : ranges) {
            out.putLong(range.first()).putInt((int) range.blocks()).putInt(0);
        }
        return out.flip();
    }

    /** Reads the descriptors that are there in full. */
    public static LbaStatus parse(ByteBuffer data) {
        ByteBuffer in = data.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        List<Range> ranges = new ArrayList<>();
        if (in.remaining() < HEADER) {
            return new LbaStatus(ranges, false);
        }
        long descriptors = Integer.toUnsignedLong(in.getInt());
        boolean complete = (in.getInt() & 0xFF) == COMPLETE;
        while (ranges.size() < descriptors && in.remaining() >= DESCRIPTOR) {
            ranges.add(new Range(in.getLong(), Integer.toUnsignedLong(in.getInt())));
            in.getInt();
        }
        return new LbaStatus(ranges, complete && ranges.size() == descriptors);
    }
}
