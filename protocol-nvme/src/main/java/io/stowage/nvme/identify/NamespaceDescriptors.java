package io.stowage.nvme.identify;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * The identifiers of a namespace, CNS 03h; all are printed as their bytes stand here. Base 2.0, figure 277.
 *
 * @param eui64 8 bytes
 * @param nguid 16 bytes
 * @param uuid 16 bytes
 * @param commandSet CSI: 0 for NVM
 */
public record NamespaceDescriptors(
        Optional<byte[]> eui64, Optional<byte[]> nguid, Optional<byte[]> uuid, Optional<Integer> commandSet) {
    public static final int BYTES = 4096;

    private static final int EUI64 = 1;
    private static final int EUI64_LENGTH = 8;
    private static final int NGUID = 2;
    private static final int UUID = 3;
    private static final int LONG_LENGTH = 16;
    private static final int CSI = 4;
    private static final int HEADER = 4;

    /** The list, position 0. */
    public ByteBuffer encode() {
        ByteBuffer out = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
        eui64.ifPresent(id -> put(out, EUI64, id));
        nguid.ifPresent(id -> put(out, NGUID, id));
        uuid.ifPresent(id -> put(out, UUID, id));
        commandSet.ifPresent(set -> put(out, CSI, new byte[] {set.byteValue()}));
        return out.clear();
    }

    private static void put(ByteBuffer out, int type, byte[] id) {
        out.put((byte) type).put((byte) id.length).putShort((short) 0).put(id);
    }

    /** Reads the list up to its end, or to where it stops making sense; unknown identifiers are passed over. */
    public static NamespaceDescriptors parse(ByteBuffer list) {
        ByteBuffer in = list.duplicate();
        Optional<byte[]> eui64 = Optional.empty();
        Optional<byte[]> nguid = Optional.empty();
        Optional<byte[]> uuid = Optional.empty();
        Optional<Integer> commandSet = Optional.empty();
        while (in.remaining() > HEADER) {
            int type = in.get();
            int length = Byte.toUnsignedInt(in.get());
            in.getShort();
            if (type == 0 || length == 0 || length > in.remaining()) {
                break;
            }
            byte[] id = new byte[length];
            in.get(id);
            switch (type) {
                case EUI64 -> eui64 = Optional.of(id).filter(bytes -> bytes.length == EUI64_LENGTH);
                case NGUID -> nguid = Optional.of(id).filter(bytes -> bytes.length == LONG_LENGTH);
                case UUID -> uuid = Optional.of(id).filter(bytes -> bytes.length == LONG_LENGTH);
                case CSI -> commandSet = Optional.of(Byte.toUnsignedInt(id[0]));
                default -> {}
            }
        }
        return new NamespaceDescriptors(eui64, nguid, uuid, commandSet);
    }
}
