package io.stowage.iscsi.login;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** How a CHAP response is computed: values of CHAP_A. RFC 7143, section 12.1.3 and IANA's "PPP Authentication Algorithms". */
public enum ChapAlgorithm {
    /** RFC 1994. */
    MD5(5, "MD5", 16),
    SHA1(6, "SHA-1", 20),
    SHA256(7, "SHA-256", 32),
    SHA3_256(8, "SHA3-256", 32);

    private final int number;
    private final String digest;
    private final int length;

    ChapAlgorithm(int number, String digest, int length) {
        this.number = number;
        this.digest = digest;
        this.length = length;
    }

    /** The number that stands for it in CHAP_A. */
    public int number() {
        return number;
    }

    /** Bytes of a response. */
    public int length() {
        return length;
    }

    /** The first in a list such as {@code 8,7,5} that is known here. Numbers are compared as a whole: 56 isn't 5. */
    public static Optional<ChapAlgorithm> firstOf(String list) {
        return Arrays.stream(list.split(",", -1))
                .flatMap(one -> Arrays.stream(values()).filter(known -> one.equals(Integer.toString(known.number))))
                .findFirst();
    }

    /** The list that offers these, as CHAP_A takes it. */
    static String offer(List<ChapAlgorithm> algorithms) {
        return String.join(
                ",",
                algorithms.stream().map(one -> Integer.toString(one.number)).toList());
    }

    /** The response: the digest of identifier, secret and challenge. RFC 1994, section 4.1. */
    byte[] response(int identifier, ChapSecret secret, byte[] challenge) {
        try {
            MessageDigest computing = MessageDigest.getInstance(digest);
            computing.update((byte) identifier);
            computing.update(secret.bytes());
            return computing.digest(challenge);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + digest, e);
        }
    }
}
