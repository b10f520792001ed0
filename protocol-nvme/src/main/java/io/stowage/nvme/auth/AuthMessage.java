package io.stowage.nvme.auth;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The messages of DH-HMAC-CHAP. Base 2.0, section 8.13.5, figures 443 to 450; all numbers little-endian. */
public sealed interface AuthMessage {
    /** The longest that there is: a Reply with the largest hash and group. */
    int LONGEST = 16 + 2 * 64 + 1024;

    /** Bytes of Success2, and of all others before what varies. */
    int HEADER = 16;

    int COMMON = 0x00;
    int DH_HMAC_CHAP = 0x01;

    /** T_ID, which names the exchange. */
    int transaction();

    /** What goes over the wire. */
    ByteBuffer encode();

    /**
     * What the host can do.
     *
     * @param secureChannel SC_C: 0 for none
     * @param hashes those that it proposes, the ones we don't know left out
     * @param groups the same
     */
    record Negotiate(int transaction, int secureChannel, List<Hash> hashes, List<Group> groups) implements AuthMessage {
        private static final int DESCRIPTOR = 64;
        private static final int IDS = 30;

        public Negotiate {
            hashes = List.copyOf(hashes);
            groups = List.copyOf(groups);
        }

        @Override
        public ByteBuffer encode() {
            ByteBuffer out = header(COMMON, 0x00, transaction, 8 + DESCRIPTOR);
            out.put(6, (byte) secureChannel).put(7, (byte) 1).put(8, (byte) DH_HMAC_CHAP);
            out.put(10, (byte) hashes.size()).put(11, (byte) groups.size());
            for (int i = 0; i < hashes.size(); i++) {
                out.put(12 + i, (byte) hashes.get(i).id());
            }
            for (int i = 0; i < groups.size(); i++) {
                out.put(12 + IDS + i, (byte) groups.get(i).id());
            }
            return out;
        }

        private static Optional<AuthMessage> parse(ByteBuffer in) {
            int descriptors = in.get(7) & 0xFF;
            for (int i = 0; i < descriptors; i++) {
                int at = 8 + i * DESCRIPTOR;
                if (at + DESCRIPTOR > in.limit()) {
                    return Optional.empty();
                }
                int hashCount = in.get(at + 2) & 0xFF;
                int groupCount = in.get(at + 3) & 0xFF;
                if (in.get(at) == DH_HMAC_CHAP && hashCount <= IDS && groupCount <= IDS) {
                    List<Hash> hashes = new ArrayList<>();
                    for (int k = 0; k < hashCount; k++) {
                        Hash.of(in.get(at + 4 + k) & 0xFF).ifPresent(hashes::add);
                    }
                    List<Group> groups = new ArrayList<>();
                    for (int k = 0; k < groupCount; k++) {
                        Group.of(in.get(at + 4 + IDS + k) & 0xFF).ifPresent(groups::add);
                    }
                    return Optional.of(new Negotiate(in.getShort(4) & 0xFFFF, in.get(6) & 0xFF, hashes, groups));
                }
            }
            return Optional.empty();
        }
    }

    /** What the controller wants to be answered. @param sequence S1; @param exchange its public value, perhaps empty */
    record Challenge(int transaction, Hash hash, Group group, int sequence, byte[] challenge, byte[] exchange)
            implements AuthMessage {
        @Override
        public ByteBuffer encode() {
            ByteBuffer out = header(DH_HMAC_CHAP, 0x01, transaction, HEADER + challenge.length + exchange.length);
            out.put(6, (byte) challenge.length).put(8, (byte) hash.id()).put(9, (byte) group.id());
            out.putShort(10, (short) exchange.length).putInt(12, sequence);
            out.put(HEADER, challenge).put(HEADER + challenge.length, exchange);
            return out;
        }
    }

    /**
     * The host's answer.
     *
     * @param challenge C2, for the controller; empty if it needn't prove anything
     * @param sequence S2
     */
    record Reply(int transaction, byte[] answer, Optional<byte[]> challenge, int sequence, byte[] exchange)
            implements AuthMessage {
        @Override
        public ByteBuffer encode() {
            int length = answer.length;
            ByteBuffer out = header(DH_HMAC_CHAP, 0x02, transaction, HEADER + 2 * length + exchange.length);
            out.put(6, (byte) length).put(8, (byte) (challenge.isPresent() ? 1 : 0));
            out.putShort(10, (short) exchange.length).putInt(12, sequence);
            out.put(HEADER, answer);
            challenge.ifPresent(own -> out.put(HEADER + length, own));
            return out.put(HEADER + 2 * length, exchange);
        }

        private static Optional<AuthMessage> parse(ByteBuffer in) {
            int length = in.get(6) & 0xFF;
            int exchanged = in.getShort(10) & 0xFFFF;
            if (HEADER + 2 * length + exchanged > in.limit()) {
                return Optional.empty();
            }
            return Optional.of(new Reply(
                    in.getShort(4) & 0xFFFF,
                    bytes(in, HEADER, length),
                    in.get(8) == 1 ? Optional.of(bytes(in, HEADER + length, length)) : Optional.empty(),
                    in.getInt(12),
                    bytes(in, HEADER + 2 * length, exchanged)));
        }
    }

    /** The host is known. @param answer to its challenge, if it had one */
    record Success1(int transaction, Hash hash, Optional<byte[]> answer) implements AuthMessage {
        @Override
        public ByteBuffer encode() {
            ByteBuffer out = header(
                    DH_HMAC_CHAP,
                    0x03,
                    transaction,
                    HEADER + answer.map(own -> own.length).orElse(0));
            out.put(6, (byte) hash.bytes()).put(8, (byte) (answer.isPresent() ? 1 : 0));
            answer.ifPresent(own -> out.put(HEADER, own));
            return out;
        }
    }

    /** The controller is known. */
    record Success2(int transaction) implements AuthMessage {
        @Override
        public ByteBuffer encode() {
            return header(DH_HMAC_CHAP, 0x04, transaction, HEADER);
        }
    }

    /** The controller ends it (Failure1). */
    record Refused(int transaction, Reason reason) implements AuthMessage {
        @Override
        public ByteBuffer encode() {
            return header(COMMON, 0xF1, transaction, HEADER).put(6, (byte) 1).put(7, (byte) reason.code());
        }
    }

    /** The host ends it (Failure2). @param explanation as {@link Reason#code} */
    record GivenUp(int transaction, int explanation) implements AuthMessage {
        @Override
        public ByteBuffer encode() {
            return header(COMMON, 0xF0, transaction, HEADER).put(6, (byte) 1).put(7, (byte) explanation);
        }
    }

    /** Why it has failed: reason code explanations of figure 442. */
    enum Reason {
        FAILED(1),
        PROTOCOL_NOT_USABLE(2),
        SECURE_CHANNEL(3),
        HASH_NOT_USABLE(4),
        GROUP_NOT_USABLE(5),
        PAYLOAD(6),
        MESSAGE(7);

        private final int code;

        Reason(int code) {
            this.code = code;
        }

        public int code() {
            return code;
        }
    }

    /** What a host has sent; nothing if it makes no sense. */
    static Optional<AuthMessage> ofHost(ByteBuffer bytes) {
        ByteBuffer in = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
        if (in.limit() < HEADER) {
            return Optional.empty();
        }
        int transaction = in.getShort(4) & 0xFFFF;
        return switch ((in.get(0) & 0xFF) << 8 | in.get(1) & 0xFF) {
            case COMMON << 8 -> Negotiate.parse(in);
            case COMMON << 8 | 0xF0 -> Optional.of(new GivenUp(transaction, in.get(7) & 0xFF));
            case DH_HMAC_CHAP << 8 | 0x02 -> Reply.parse(in);
            case DH_HMAC_CHAP << 8 | 0x04 -> Optional.of(new Success2(transaction));
            default -> Optional.empty();
        };
    }

    private static ByteBuffer header(int type, int id, int transaction, int length) {
        return ByteBuffer.allocate(length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(0, (byte) type)
                .put(1, (byte) id)
                .putShort(4, (short) transaction);
    }

    private static byte[] bytes(ByteBuffer in, int at, int length) {
        byte[] copy = new byte[length];
        in.get(at, copy);
        return Arrays.copyOf(copy, length);
    }
}
