package io.stowage.iscsi.scsi;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The parameter list of UNMAP. SBC-3, section 5.28. */
public record UnmapList(List<Range> ranges) {

    /** @param blocks 0 to 2^32-1 */
    public record Range(long lba, long blocks) {}

    private static final int HEADER = 8;
    private static final int DESCRIPTOR = 16;

    public UnmapList {
        ranges = List.copyOf(ranges);
    }

    /** The whole list, position 0. */
    public ByteBuffer encode() {
        int descriptors = DESCRIPTOR * ranges.size();
        ByteBuffer out = ByteBuffer.allocate(HEADER + descriptors);
        out.putShort((short) (HEADER - 2 + descriptors))
                .putShort((short) descriptors)
                .putInt(0);
        for (Range range : ranges) {
            out.putLong(range.lba()).putInt((int) range.blocks()).putInt(0);
        }
        return out.flip();
    }

    /**
     * Reads the descriptors that are there in full.
     *
     * @throws IllegalArgumentException fewer bytes than the header has
     */
    public static UnmapList parse(ByteBuffer data) {
        if (data.remaining() < HEADER) {
            throw new IllegalArgumentException("UNMAP list of " + data.remaining() + " bytes: 8 or more are expected");
        }
        int at = data.position() + HEADER;
        int length = Math.min(data.getShort(data.position() + 2) & 0xFFFF, data.remaining() - HEADER);
        List<Range> ranges = new ArrayList<>();
        for (int end = at + length; at + DESCRIPTOR <= end; at += DESCRIPTOR) {
            ranges.add(new Range(data.getLong(at), data.getInt(at + Long.BYTES) & 0xFFFF_FFFFL));
        }
        return new UnmapList(ranges);
    }
}
