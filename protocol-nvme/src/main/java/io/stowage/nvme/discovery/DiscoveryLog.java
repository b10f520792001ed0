package io.stowage.nvme.discovery;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Log page 70h; Base 2.0, figure 264.
 *
 * @param generation GENCTR: grows with each change, so that who reads in pieces sees that they don't fit
 */
public record DiscoveryLog(long generation, List<DiscoveryEntry> entries) {
    public static final int LOG_ID = 0x70;

    /** Bytes before the entries. */
    public static final int HEADER_BYTES = 1024;

    private static final int COUNT_OFFSET = 8;

    public DiscoveryLog {
        entries = List.copyOf(entries);
    }

    /** GENCTR of a log that begins in this little-endian buffer. */
    public static long generation(ByteBuffer header) {
        return header.getLong(0);
    }

    /** NUMREC of a log that begins in this little-endian buffer. */
    public static long count(ByteBuffer header) {
        return header.getLong(COUNT_OFFSET);
    }

    /** Reads a whole log, from the beginning of a little-endian buffer; entries that it doesn't hold are left out. */
    public static DiscoveryLog parse(ByteBuffer bytes) {
        var entries = new ArrayList<DiscoveryEntry>();
        long end = Math.min(count(bytes), (bytes.limit() - HEADER_BYTES) / DiscoveryEntry.BYTES);
        for (int i = 0; i < end; i++) {
            entries.add(DiscoveryEntry.parse(bytes, HEADER_BYTES + i * DiscoveryEntry.BYTES));
        }
        return new DiscoveryLog(generation(bytes), entries);
    }

    /** The whole page, little-endian, ready to be read. */
    public ByteBuffer bytes() {
        ByteBuffer bytes = ByteBuffer.allocate(HEADER_BYTES + entries.size() * DiscoveryEntry.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(0, generation).putLong(COUNT_OFFSET, entries.size());
        for (int i = 0; i < entries.size(); i++) {
            entries.get(i).write(bytes, HEADER_BYTES + i * DiscoveryEntry.BYTES);
        }
        return bytes;
    }
}
