package io.stowage.nvme.auth;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A hash function for DH-HMAC-CHAP. Base 2.0, figure 444. */
public enum Hash {
    SHA_256(1, "SHA-256", "HmacSHA256", 32),
    SHA_384(2, "SHA-384", "HmacSHA384", 48),
    SHA_512(3, "SHA-512", "HmacSHA512", 64);

    private final int id;
    private final String digest;
    private final String mac;
    private final int bytes;

    Hash(int id, String digest, String mac, int bytes) {
        this.id = id;
        this.digest = digest;
        this.mac = mac;
        this.bytes = bytes;
    }

    public static Optional<Hash> of(int id) {
        for (Hash hash : values()) {
            if (hash.id == id) {
                return Optional.of(hash);
            }
        }
        return Optional.empty();
    }

    /** As messages and keys name it. */
    public int id() {
        return id;
    }

    /** The length of what it makes. */
    public int bytes() {
        return bytes;
    }

    public byte[] digest(byte[] data) {
        try {
            return MessageDigest.getInstance(digest).digest(data);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + digest, e);
        }
    }

    /** The keyed hash of these parts, one behind the other. */
    public byte[] hmac(byte[] key, byte[]... parts) {
        try {
            Mac hmac = Mac.getInstance(mac);
            hmac.init(new SecretKeySpec(key, mac));
            for (byte[] part : parts) {
                hmac.update(part);
            }
            return hmac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + mac, e);
        }
    }
}
