package io.stowage.nvme.command;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * A source range of a Copy command, descriptor format 0 without protection information. NVM Command Set 1.0, figure 33.
 *
 * @param first the first block, unsigned
 * @param blocks how many, 1 to 65536
 */
public record CopyRange(long first, int blocks) {
    public static final int BYTES = 32;

    /** Ranges of one command. */
    public static final int MAX = 256;

    /** The list, position 0. */
    public static ByteBuffer encode(List<CopyRange> ranges) {
        ByteBuffer list = ByteBuffer.allocate(BYTES * ranges.size()).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < ranges.size(); i++) {
            list.putLong(BYTES * i + 8, ranges.get(i).first());
            list.putShort(BYTES * i + 16, (short) (ranges.get(i).blocks() - 1));
        }
        return list;
    }

    /**
     * Reads the first ranges of a list.
     *
     * @throws IndexOutOfBoundsException there are fewer
     */
    public static List<CopyRange> parse(ByteBuffer list, int number) {
        ByteBuffer in = list.slice().order(ByteOrder.LITTLE_ENDIAN);
        List<CopyRange> ranges = new ArrayList<>(number);
        for (int i = 0; i < number; i++) {
            ranges.add(new CopyRange(in.getLong(BYTES * i + 8), Short.toUnsignedInt(in.getShort(BYTES * i + 16)) + 1));
        }
        return ranges;
    }
}
