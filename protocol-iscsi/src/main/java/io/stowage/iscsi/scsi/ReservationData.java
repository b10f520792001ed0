package io.stowage.iscsi.scsi;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** The data of PERSISTENT RESERVE IN, position 0; the caller cuts it to the allocation length. SPC-4, section 6.15. */
public final class ReservationData {
    private static final int HEADER = 8;
    private static final int RESERVATION = 16;
    private static final int CAPABILITIES = 8;
    private static final int STATUS_HEADER = 24;
    private static final int HOLDER = 0x01;

    /** ALL_TG_PT capable, APTPL capable; CRH, SIP_C: no. */
    private static final int CAPABLE = 0x05;
    /** TMV: the mask of types is valid. ALLOW COMMANDS 0: it isn't told what else is let in. */
    private static final int MASK_VALID = 0x80;

    private static final int KEPT = 0x01;
    /** All six types. */
    private static final int TYPES = 0xEA01;

    private ReservationData() {}

    /** @param key 0 where each registrant holds the reservation */
    public record Held(long key, int type) {}

    /** @param type of the reservation it holds; nothing if it holds none */
    public record Status(long key, Optional<Integer> type, int port, TransportId who) {}

    /** The data of READ KEYS. */
    public static ByteBuffer keys(int generation, List<Long> keys) {
        ByteBuffer out = headed(generation, Long.BYTES * keys.size());
        keys.forEach(out::putLong);
        return out.flip();
    }

    /** The data of READ RESERVATION. */
    public static ByteBuffer reservation(int generation, Optional<Held> held) {
        ByteBuffer out = headed(generation, held.isPresent() ? RESERVATION : 0);
        held.ifPresent(there -> out.putLong(there.key())
                .putInt(0)
                .put((byte) 0)
                .put((byte) there.type())
                .putShort((short) 0));
        return out.flip();
    }

    /** The data of REPORT CAPABILITIES. */
    public static ByteBuffer capabilities(boolean kept) {
        return ByteBuffer.allocate(CAPABILITIES)
                .putShort(0, (short) CAPABILITIES)
                .put(2, (byte) CAPABLE)
                .put(3, (byte) (MASK_VALID | CdbBits.of(kept, KEPT)))
                .putShort(4, (short) TYPES);
    }

    /** The data of READ FULL STATUS. */
    public static ByteBuffer fullStatus(int generation, List<Status> all) {
        List<ByteBuffer> names =
                all.stream().map(status -> status.who().encode()).toList();
        int length = names.stream()
                .mapToInt(name -> STATUS_HEADER + name.remaining())
                .sum();
        ByteBuffer out = headed(generation, length);
        for (int i = 0; i < all.size(); i++) {
            Status status = all.get(i);
            out.putLong(status.key())
                    .putInt(0)
                    .put(CdbBits.of(status.type().isPresent(), HOLDER))
                    .put(status.type().orElse(0).byteValue())
                    .putInt(0)
                    .putShort((short) status.port())
                    .putInt(names.get(i).remaining())
                    .put(names.get(i));
        }
        return out.flip();
    }

    private static ByteBuffer headed(int generation, int length) {
        return ByteBuffer.allocate(HEADER + length).putInt(generation).putInt(length);
    }
}
