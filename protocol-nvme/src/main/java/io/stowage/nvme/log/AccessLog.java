package io.stowage.nvme.log;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Asymmetric Namespace Access, log page 0Ch. Base 2.0, figures 212 and 213.
 *
 * @param changes how often anything in it has changed
 * @param groups in ascending order
 */
public record AccessLog(long changes, List<Group> groups) {
    public static final int OPTIMIZED = 1;
    public static final int NON_OPTIMIZED = 2;
    public static final int INACCESSIBLE = 3;
    public static final int PERSISTENT_LOSS = 4;
    public static final int CHANGE = 15;

    private static final int HEADER = 16;
    private static final int GROUP = 32;

    /**
     * Namespaces that are reached alike.
     *
     * @param state one of {@link #OPTIMIZED} to {@link #CHANGE}
     * @param namespaces in ascending order; empty too if they weren't asked for
     */
    public record Group(int id, long changes, int state, List<Integer> namespaces) {
        public Group {
            namespaces = List.copyOf(namespaces);
        }
    }

    public AccessLog {
        groups = List.copyOf(groups);
    }

    /** The length of a page with so many groups and, in all of them together, namespaces. */
    public static int bytes(int groups, int namespaces) {
        return HEADER + GROUP * groups + Integer.BYTES * namespaces;
    }

    /** The page, position 0. */
    public ByteBuffer encode() {
        int namespaces =
                groups.stream().mapToInt(group -> group.namespaces().size()).sum();
        ByteBuffer out = ByteBuffer.allocate(bytes(groups.size(), namespaces)).order(ByteOrder.LITTLE_ENDIAN);
        out.putLong(changes).putShort((short) groups.size()).position(HEADER);
        for (Group group : groups) {
            int start = out.position();
            out.putInt(group.id()).putInt(group.namespaces().size()).putLong(group.changes());
            out.put((byte) group.state()).position(start + GROUP);
            group.namespaces().forEach(out::putInt);
        }
        return out.flip();
    }

    /**
     * Reads the page, or as many whole groups of it as there are.
     *
     * @throws IllegalArgumentException fewer than 16 bytes
     */
    public static AccessLog parse(ByteBuffer page) {
        ByteBuffer in = page.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        if (in.remaining() < HEADER) {
            throw new IllegalArgumentException("access log of " + in.remaining() + " bytes");
        }
        int start = in.position();
        long changes = in.getLong();
        int number = Short.toUnsignedInt(in.getShort());
        in.position(start + HEADER);
        List<Group> groups = new ArrayList<>();
        while (groups.size() < number && in.remaining() >= GROUP) {
            int at = in.position();
            int members = in.getInt(at + 4);
            if (members < 0 || members > (in.remaining() - GROUP) / Integer.BYTES) {
                break;
            }
            int state = in.get(at + 16) & 0x0F;
            in.position(at + GROUP);
            List<Integer> namespaces = new ArrayList<>(members);
            for (int i = 0; i < members; i++) {
                namespaces.add(in.getInt());
            }
            groups.add(new Group(in.getInt(at), in.getLong(at + 8), state, namespaces));
        }
        return new AccessLog(changes, groups);
    }
}
