package io.stowage.nvme.command;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * A range of a Dataset Management command. NVM Command Set 1.0, figure 40.
 *
 * @param attributes hints on how the range is used
 * @param blocks how many, unsigned; 0 for none
 * @param first the first block, unsigned
 */
public record DatasetRange(int attributes, long blocks, long first) {
    public static final int BYTES = 16;

    /** Ranges of one command. */
    public static final int MAX = 256;

    /** Bit of dword 11: the ranges are given up. */
    public static final int DEALLOCATE = 1 << 2;

    /** The list, position 0. */
    public static ByteBuffer encode(List<DatasetRange> ranges) {
        ByteBuffer list = ByteBuffer.allocate(BYTES * ranges.size()).order(ByteOrder.LITTLE_ENDIAN);
        ranges.forEach(range ->
                list.putInt(range.attributes()).putInt((int) range.blocks()).putLong(range.first()));
        return list.flip();
    }

    /**
     * Reads the first ranges of a list.
     *
     * @throws java.nio.BufferUnderflowException there are fewer
     */
    public static List<DatasetRange> parse(ByteBuffer list, int number) {
        ByteBuffer in = list.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        List<DatasetRange> ranges = new ArrayList<>(number);
        for (int i = 0; i < number; i++) {
            ranges.add(new DatasetRange(in.getInt(), Integer.toUnsignedLong(in.getInt()), in.getLong()));
        }
        return ranges;
    }
}
