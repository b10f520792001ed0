package io.stowage.iscsi.scsi;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The data of GET LBA STATUS: neighbouring ranges, each mapped or not. SBC-3, section 5.6.2. */
public record LbaStatus(List<Range> ranges) {

    /**
     * Blocks that are all in the same state.
     *
     * @param blocks 1 to 2^32-1
     * @param mapped whether something is stored; otherwise they are deallocated
     */
    public record Range(long lba, long blocks, boolean mapped) {}

    /** Bytes before the first descriptor. */
    public static final int HEADER = 8;

    /** Bytes of a descriptor. */
    public static final int DESCRIPTOR = 16;

    private static final int DEALLOCATED = 1;

    public LbaStatus {
        ranges = List.copyOf(ranges);
    }

    /** All of the data, position 0; the caller cuts it to the allocation length. */
    public ByteBuffer encode() {
        int descriptors = DESCRIPTOR * ranges.size();
        ByteBuffer out = ByteBuffer.allocate(HEADER + descriptors);
        out.putInt(HEADER - Integer.BYTES + descriptors).putInt(0);
        for (Range range : ranges) {
            out.putLong(range.lba()).putInt((int) range.blocks()).putInt(range.mapped() ? 0 : DEALLOCATED << 24);
        }
        return out.flip();
    }

    /** Reads the descriptors that are there in full. */
    public static LbaStatus parse(ByteBuffer data) {
        List<Range> ranges = new ArrayList<>();
        if (data.remaining() >= HEADER) {
            long length = Integer.BYTES + (data.getInt(data.position()) & 0xFFFF_FFFFL);
            long end = data.position() + Math.min(length, data.remaining());
            for (int at = data.position() + HEADER; at + DESCRIPTOR <= end; at += DESCRIPTOR) {
                boolean mapped = (data.get(at + 12) & 0x0F) != DEALLOCATED;
                ranges.add(new Range(data.getLong(at), data.getInt(at + 8) & 0xFFFF_FFFFL, mapped));
            }
        }
        return new LbaStatus(ranges);
    }
}
