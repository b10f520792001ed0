package io.stowage.nvme.fabrics;

import io.stowage.nvme.text.FixedText;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.UUID;

/**
 * The data of a {@link Connect}; Base 2.0, figure 386.
 *
 * @param hostId 128 bits that stay the same for a host
 * @param controller CNTLID: {@link #ANY} on the admin queue, otherwise what its Connect was answered
 * @param subsystem NQN
 * @param host NQN
 */
public record ConnectData(UUID hostId, int controller, String subsystem, String host) {
    public static final int BYTES = 1024;

    /** The controller is for the array to choose. */
    public static final int ANY = 0xFFFF;

    public static final int HOST_ID_OFFSET = 0;
    public static final int CONTROLLER_OFFSET = 16;
    public static final int SUBSYSTEM_OFFSET = 256;
    public static final int HOST_OFFSET = 512;

    private static final int NAME_BYTES = 256;

    /** Reads {@link #BYTES} from the buffer's position on, which stays. Names may be anything. */
    public static ConnectData parse(ByteBuffer bytes) {
        int start = bytes.position();
        ByteBuffer big = bytes.duplicate().order(ByteOrder.BIG_ENDIAN);
        return new ConnectData(
                new UUID(big.getLong(start + HOST_ID_OFFSET), big.getLong(start + HOST_ID_OFFSET + Long.BYTES)),
                big.get(start + CONTROLLER_OFFSET) & 0xFF | (big.get(start + CONTROLLER_OFFSET + 1) & 0xFF) << 8,
                FixedText.untilZero(bytes, start + SUBSYSTEM_OFFSET, NAME_BYTES),
                FixedText.untilZero(bytes, start + HOST_OFFSET, NAME_BYTES));
    }

    /** The bytes, ready to be read. */
    public ByteBuffer bytes() {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES);
        bytes.putLong(HOST_ID_OFFSET, hostId.getMostSignificantBits())
                .putLong(HOST_ID_OFFSET + Long.BYTES, hostId.getLeastSignificantBits())
                .put(CONTROLLER_OFFSET, (byte) controller)
                .put(CONTROLLER_OFFSET + 1, (byte) (controller >>> 8));
        FixedText.put(bytes, SUBSYSTEM_OFFSET, NAME_BYTES, subsystem, (byte) 0);
        FixedText.put(bytes, HOST_OFFSET, NAME_BYTES, host, (byte) 0);
        return bytes;
    }
}
