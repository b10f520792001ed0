package io.stowage.array.nvme;

import io.stowage.nvme.auth.Group;
import io.stowage.nvme.command.CompletionEntry;
import io.stowage.nvme.command.SubmissionEntry;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.interfaces.DHPrivateKey;
import javax.crypto.interfaces.DHPublicKey;
import javax.crypto.spec.DHParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A host that proves who it is, written from the figures of Base 2.0, section 8.13.5, and by the JDK's own arithmetic: none
 * of the array's messages and proofs is used.
 */
final class AuthenticatingHost {
    private static final String[] DIGESTS = {"", "SHA-256", "SHA-384", "SHA-512"};
    private static final int[] GROUP_BITS = {0, 2048, 3072, 4096, 6144, 8192};
    private static final int ROOM = 4096;

    private final TestHost queue;
    private final String host;
    private final String subsystem;
    private final byte[] key;
    private int transaction = 0x1234;

    /** @param key as it stands in the secret: one that isn't transformed */
    AuthenticatingHost(TestHost queue, String host, String subsystem, byte[] key) {
        this.queue = queue;
        this.host = host;
        this.subsystem = subsystem;
        this.key = key;
    }

    /** AUTH_ID of the message that came, and what it carries from byte 16 on. */
    record Answer(int id, ByteBuffer bytes) {
        byte[] from(int at, int length) {
            return Arrays.copyOfRange(bytes.array(), at, at + length);
        }
    }

    CompletionEntry send(ByteBuffer message) throws IOException {
        return queue.run(command(0x05, SubmissionEntry.IN_CAPSULE, message.limit()), message);
    }

    Answer receive() throws IOException {
        queue.send(command(0x06, SubmissionEntry.BY_TRANSPORT, ROOM));
        var bytes = queue.data().bytes();
        if (!queue.status().isSuccess()) {
            throw new IOException("no message");
        }
        return new Answer(bytes[1] & 0xFF, ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
    }

    CompletionEntry ask() throws IOException {
        return queue.run(command(0x06, SubmissionEntry.BY_TRANSPORT, ROOM));
    }

    private static SubmissionEntry command(int type, int form, int length) {
        var entry = new SubmissionEntry().opcode(0x7F).fabricsType(type).data(form, length);
        return entry.byteAt(41, 1).byteAt(42, 1).byteAt(43, 0xE9).shortAt(44, length);
    }

    private ByteBuffer header(int type, int id, int length) {
        return ByteBuffer.allocate(length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(0, (byte) type)
                .put(1, (byte) id)
                .putShort(4, (short) transaction);
    }

    ByteBuffer negotiate(int secureChannel, int[] hashes, int[] groups) {
        var message = header(0, 0, 8 + 64)
                .put(6, (byte) secureChannel)
                .put(7, (byte) 1)
                .put(8, (byte) 1);
        message.put(10, (byte) hashes.length).put(11, (byte) groups.length);
        for (int i = 0; i < hashes.length; i++) {
            message.put(12 + i, (byte) hashes[i]);
        }
        for (int i = 0; i < groups.length; i++) {
            message.put(42 + i, (byte) groups[i]);
        }
        return message;
    }

    /** An answer to a challenge, and what it takes to check the controller's. */
    record Reply(ByteBuffer message, byte[] expected) {}

    /** @param controllerKey with which the controller has to prove itself; empty if it needn't */
    Reply reply(Answer challenge, byte[] controllerKey) throws GeneralSecurityException {
        int length = challenge.bytes().get(6);
        int hash = challenge.bytes().get(8);
        int group = challenge.bytes().get(9);
        int exchanged = challenge.bytes().getShort(10);
        byte[] shared = new byte[0];
        byte[] own = new byte[0];
        if (group > 0) {
            var generator = KeyPairGenerator.getInstance("DH");
            var prime = Group.of(group).orElseThrow().prime(); // compared with OpenSSL's elsewhere
            generator.initialize(new DHParameterSpec(prime, BigInteger.TWO));
            var pair = generator.generateKeyPair();
            own = padded(((DHPublicKey) pair.getPublic()).getY(), GROUP_BITS[group] / 8);
            var theirs = new BigInteger(1, challenge.from(16 + length, exchanged));
            shared = padded(theirs.modPow(((DHPrivateKey) pair.getPrivate()).getX(), prime), GROUP_BITS[group] / 8);
        }
        var message = header(1, 2, 16 + 2 * length + own.length);
        int sequence = 77;
        byte[] counter = new byte[length];
        Arrays.fill(counter, (byte) 0xC2);
        message.put(6, (byte) length).put(8, (byte) (controllerKey.length > 0 ? 1 : 0));
        message.putShort(10, (short) own.length).putInt(12, sequence);
        byte[] answer = hmac(
                hash,
                key,
                augmented(hash, challenge.from(16, length), shared),
                fixed(challenge.bytes().getInt(12)),
                ascii("HostHost" + host + "\0" + subsystem));
        message.put(16, answer).put(16 + 2 * length, own);
        byte[] expected = new byte[0];
        if (controllerKey.length > 0) {
            message.put(16 + length, counter);
            expected = hmac(
                    hash,
                    controllerKey,
                    augmented(hash, counter, shared),
                    fixed(sequence),
                    ascii("Controller" + subsystem + "\0" + host));
        }
        return new Reply(message, expected);
    }

    ByteBuffer success() {
        return header(1, 4, 16);
    }

    private byte[] fixed(int sequence) {
        return ByteBuffer.allocate(7)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(sequence)
                .putShort((short) transaction)
                .array();
    }

    private static byte[] augmented(int hash, byte[] challenge, byte[] shared) throws GeneralSecurityException {
        return shared.length == 0
                ? challenge
                : hmac(hash, MessageDigest.getInstance(DIGESTS[hash]).digest(shared), challenge);
    }

    private static byte[] hmac(int hash, byte[] key, byte[]... parts) throws GeneralSecurityException {
        var mac = Mac.getInstance("Hmac" + DIGESTS[hash].replace("-", ""));
        mac.init(new SecretKeySpec(key, "HMAC"));
        for (var part : parts) {
            mac.update(part);
        }
        return mac.doFinal();
    }

    private static byte[] padded(BigInteger value, int bytes) {
        return HexFormat.of().parseHex(("%0" + 2 * bytes + "x").formatted(value));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
