package io.stowage.nvme.identify;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** A list of namespace identifiers: CNS 02h, 07h and 10h, and the log of changed namespaces. Base 2.0, section 4.2.2. */
public final class NamespaceList {
    public static final int BYTES = 4096;

    /** Identifiers in a list. */
    public static final int MAX = BYTES / Integer.BYTES;

    private NamespaceList() {}

    /** The first {@link #MAX} of these identifiers, position 0. */
    public static ByteBuffer encode(Collection<Integer> ids) {
        ByteBuffer list = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
        ids.stream().limit(MAX).forEach(list::putInt);
        return list.clear();
    }

    /** The identifiers up to the first 0. */
    public static List<Integer> parse(ByteBuffer list) {
        ByteBuffer in = list.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        List<Integer> ids = new ArrayList<>();
        while (in.remaining() >= Integer.BYTES && ids.size() < MAX) {
            int id = in.getInt();
            if (id == 0) {
                break;
            }
            ids.add(id);
        }
        return ids;
    }
}
