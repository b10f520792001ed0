package io.stowage.server.settings;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** What is kept of a password: enough to know it again, made so that guessing is slow (PBKDF2, RFC 8018 5.2). */
final class PasswordHash {
    private static final String ALGORITHM = "PBKDF2WithHmacSHA512";
    private static final int ROUNDS = 210_000;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BITS = 256;
    private static final int LONGEST = 1024;

    /** One guess at a time: strangers can't keep all processors busy. */
    private static final Object TURN = new Object();

    private PasswordHash() {}

    /** {@code ROUNDS:SALT:HASH}. */
    static String of(String password) {
        var salt = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        return ROUNDS + ":" + HexFormat.of().formatHex(salt) + ":"
                + HexFormat.of().formatHex(derive(password, salt, ROUNDS));
    }

    /** Whether this is the password. */
    static boolean fits(String kept, String password) {
        if (password.isEmpty() || password.length() > LONGEST) {
            return false;
        }
        var parts = kept.split(":", -1);
        var salt = HexFormat.of().parseHex(parts[1]);
        return MessageDigest.isEqual(
                HexFormat.of().parseHex(parts[2]), derive(password, salt, Integer.parseInt(parts[0])));
    }

    private static byte[] derive(String password, byte[] salt, int rounds) {
        var specification = new PBEKeySpec(password.toCharArray(), salt, rounds, HASH_BITS);
        try {
            synchronized (TURN) {
                return SecretKeyFactory.getInstance(ALGORITHM)
                        .generateSecret(specification)
                        .getEncoded();
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no " + ALGORITHM, e);
        } finally {
            specification.clearPassword();
        }
    }
}
