package io.stowage.nvme.identify;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** A list of controller identifiers: CNS 12h and 13h. Base 2.0, section 4.2.1. */
public final class ControllerList {
    public static final int BYTES = 4096;

    /** Identifiers in a list. */
    public static final int MAX = 2047;

    private ControllerList() {}

    /** The first {@link #MAX} of these identifiers, position 0. */
    public static ByteBuffer encode(List<Integer> ids) {
        ByteBuffer list = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
        list.putShort((short) Math.min(MAX, ids.size()));
        ids.stream().limit(MAX).forEach(id -> list.putShort(id.shortValue()));
        return list.clear();
    }

    /** As many identifiers as the list says it has, and has. */
    public static List<Integer> parse(ByteBuffer list) {
        ByteBuffer in = list.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        List<Integer> ids = new ArrayList<>();
        int number = Short.toUnsignedInt(in.getShort());
        while (ids.size() < number && in.remaining() >= Short.BYTES) {
            ids.add(Short.toUnsignedInt(in.getShort()));
        }
        return ids;
    }
}
