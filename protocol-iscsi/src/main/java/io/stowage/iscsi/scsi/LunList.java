package io.stowage.iscsi.scsi;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The data of REPORT LUNS. SPC-4, section 6.33. */
public record LunList(List<Integer> luns) {
    private static final int HEADER = 8;

    public LunList {
        luns = List.copyOf(luns);
    }

    /** All of the data, position 0; the caller cuts it to the allocation length. */
    public ByteBuffer encode() {
        ByteBuffer out = ByteBuffer.allocate(HEADER + Long.BYTES * luns.size());
        out.putInt(Long.BYTES * luns.size()).putInt(0);
        luns.forEach(lun -> out.putLong(Lun.encode(lun)));
        return out.flip();
    }

    /** Reads what is there of the list; units of forms that {@link Lun#decode} doesn't know are passed over. */
    public static LunList parse(ByteBuffer data) {
        List<Integer> luns = new ArrayList<>();
        long length = data.remaining() < HEADER ? 0 : data.getInt(data.position()) & 0xFFFF_FFFFL;
        long end = Math.min(data.remaining(), HEADER + length);
        for (int at = HEADER; at + Long.BYTES <= end; at += Long.BYTES) {
            Lun.decode(data.getLong(data.position() + at)).ifPresent(luns::add);
        }
        return new LunList(luns);
    }

    /** Bytes the whole list takes, which is more than {@link #parse} saw if the buffer was too small. */
    public static long fullLength(ByteBuffer data) {
        return data.remaining() < HEADER ? 0 : HEADER + (data.getInt(data.position()) & 0xFFFF_FFFFL);
    }
}
