package io.stowage.nvme.auth;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The answers to challenges: R1 of the host and R2 of the controller. Base 2.0, sections 8.13.5.4 and 8.13.5.5.
 *
 * @param transaction T_ID
 * @param host its NQN
 * @param subsystem its NQN
 */
public record Proof(Hash hash, int transaction, String host, String subsystem) {
    /**
     * What a host answers that knows the key.
     *
     * @param challenge as {@link #augmented}
     * @param sequence S1
     */
    public byte[] ofHost(Secret secret, byte[] challenge, int sequence) {
        return hash.hmac(secret.keyOf(host), challenge, fixed(sequence), text("HostHost", host, subsystem));
    }

    /** What the controller answers, with S2. */
    public byte[] ofController(Secret secret, byte[] challenge, int sequence) {
        return hash.hmac(secret.keyOf(subsystem), challenge, fixed(sequence), text("Controller", subsystem, host));
    }

    /**
     * A challenge with what both sides know by the exchange.
     *
     * @param shared empty without a group
     */
    public byte[] augmented(byte[] challenge, byte[] shared) {
        return shared.length == 0 ? challenge : hash.hmac(hash.digest(shared), challenge);
    }

    /** Sequence, transaction, and no secure channel. */
    private byte[] fixed(int sequence) {
        return ByteBuffer.allocate(7)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(sequence)
                .putShort((short) transaction)
                .array();
    }

    private static byte[] text(String role, String own, String other) {
        return (role + own + "\0" + other).getBytes(StandardCharsets.UTF_8);
    }
}
