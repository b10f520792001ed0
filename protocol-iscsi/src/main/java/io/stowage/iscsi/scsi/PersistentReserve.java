package io.stowage.iscsi.scsi;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The parameter list of PERSISTENT RESERVE OUT. SPC-4, section 6.16.
 *
 * @param key the reservation key of who asks
 * @param actionKey what the service action needs besides
 * @param specified SPEC_I_PT: other initiator ports are named behind this list
 * @param allPorts ALL_TG_PT: for all target ports
 * @param keep APTPL: registrations outlive the loss of power
 */
public record PersistentReserve(long key, long actionKey, boolean specified, boolean allPorts, boolean keep) {
    public static final int REGISTER = 0x00;
    public static final int RESERVE = 0x01;
    public static final int RELEASE = 0x02;
    public static final int CLEAR = 0x03;
    public static final int PREEMPT = 0x04;
    public static final int PREEMPT_AND_ABORT = 0x05;
    public static final int REGISTER_AND_IGNORE_KEY = 0x06;
    public static final int REGISTER_AND_MOVE = 0x07;

    public static final int READ_KEYS = 0x00;
    public static final int READ_RESERVATION = 0x01;
    public static final int REPORT_CAPABILITIES = 0x02;
    public static final int READ_FULL_STATUS = 0x03;

    /** Bytes of the list; that of REGISTER AND MOVE is longer by the TransportID. */
    public static final int LENGTH = 24;

    /** Where the flags are. */
    public static final int FLAGS = 20;

    private static final int SPEC_I_PT = 0x08;
    private static final int ALL_TG_PT = 0x04;
    private static final int APTPL = 0x01;

    /** The 24 bytes. */
    public ByteBuffer encode() {
        return ByteBuffer.allocate(LENGTH).putLong(0, key).putLong(8, actionKey).put(FLAGS, (byte)
                (CdbBits.of(specified, SPEC_I_PT) | CdbBits.of(allPorts, ALL_TG_PT) | CdbBits.of(keep, APTPL)));
    }

    /**
     * Reads the list.
     *
     * @throws IllegalArgumentException fewer than 24 bytes
     */
    public static PersistentReserve parse(ByteBuffer list) {
        demand(list.remaining());
        int at = list.position();
        int flags = list.get(at + FLAGS);
        return new PersistentReserve(
                list.getLong(at),
                list.getLong(at + 8),
                (flags & SPEC_I_PT) != 0,
                (flags & ALL_TG_PT) != 0,
                (flags & APTPL) != 0);
    }

    /**
     * The parameter list of REGISTER AND MOVE.
     *
     * @param unregister UNREG: who asks isn't registered any more afterwards
     * @param port relative identifier of the target port, 0 to 65535
     * @param to whom the reservation goes; nothing if it isn't the name of an iSCSI initiator port
     */
    public record Move(long key, long actionKey, boolean unregister, boolean keep, int port, Optional<TransportId> to) {
        private static final int MOVE_FLAGS = 17;
        private static final int UNREG = 0x02;

        /** The list with the TransportID, position 0. */
        public ByteBuffer encode() {
            ByteBuffer name = to.map(TransportId::encode).orElseGet(() -> ByteBuffer.allocate(0));
            return ByteBuffer.allocate(LENGTH + name.remaining())
                    .putLong(0, key)
                    .putLong(8, actionKey)
                    .put(MOVE_FLAGS, (byte) (CdbBits.of(unregister, UNREG) | CdbBits.of(keep, APTPL)))
                    .putShort(18, (short) port)
                    .putInt(20, name.remaining())
                    .put(LENGTH, name, 0, name.remaining());
        }

        /**
         * Reads the list; nothing if the TransportID is longer than what is there.
         *
         * @throws IllegalArgumentException fewer than 24 bytes
         */
        public static Optional<Move> parse(ByteBuffer list) {
            demand(list.remaining());
            int at = list.position();
            long length = list.getInt(at + 20) & 0xFFFF_FFFFL;
            if (length > list.remaining() - LENGTH) {
                return Optional.empty();
            }
            int flags = list.get(at + MOVE_FLAGS);
            return Optional.of(new Move(
                    list.getLong(at),
                    list.getLong(at + 8),
                    (flags & UNREG) != 0,
                    (flags & APTPL) != 0,
                    list.getShort(at + 18) & 0xFFFF,
                    TransportId.parse(list.slice(at + LENGTH, (int) length))));
        }
    }

    private static void demand(int length) {
        if (length < LENGTH) {
            throw new IllegalArgumentException("PERSISTENT RESERVE OUT list of " + length + " bytes: 24 are expected");
        }
    }
}
