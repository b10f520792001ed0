package io.stowage.nvme.auth;

import java.math.BigInteger;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A finite group for the exchange of a key, which keeps who listens from guessing at the keys later. Base 2.0, figure 445;
 * RFC 7919, appendix A.
 */
public enum Group {
    /** No exchange. */
    NONE(0, 0, 0),
    FFDHE_2048(1, 2048, 560_316),
    FFDHE_3072(2, 3072, 2_625_351),
    FFDHE_4096(3, 4096, 5_736_041),
    FFDHE_6144(4, 6144, 15_705_020),
    FFDHE_8192(5, 8192, 10_965_728);

    private static final BigInteger TWO = BigInteger.TWO;

    private final int id;
    private final int bits;
    private final int offset;

    /** @param offset the X of RFC 7919, appendix A */
    Group(int id, int bits, int offset) {
        this.id = id;
        this.bits = bits;
        this.offset = offset;
    }

    public static Optional<Group> of(int id) {
        for (Group group : values()) {
            if (group.id == id) {
                return Optional.of(group);
            }
        }
        return Optional.empty();
    }

    /** As messages name it. */
    public int id() {
        return id;
    }

    /** The length of a public value, and of a shared secret. */
    public int bytes() {
        return bits / Byte.SIZE;
    }

    /** The modulus; the generator is 2. p = 2^b - 2^(b-64) + ((floor(2^(b-130) e) + X) * 2^64) - 1. */
    public BigInteger prime() {
        return TWO.pow(bits)
                .subtract(TWO.pow(bits - 64))
                .add(scaledE(bits - 130).add(BigInteger.valueOf(offset)).shiftLeft(64))
                .subtract(BigInteger.ONE);
    }

    /** floor(2^n e), by the series of 1/k!, with some bits more on the way. */
    private static BigInteger scaledE(int n) {
        int guard = 64;
        BigInteger term = TWO.pow(n + guard);
        BigInteger sum = term;
        for (int k = 1; term.signum() > 0; k++) {
            term = term.divide(BigInteger.valueOf(k));
            sum = sum.add(term);
        }
        return sum.shiftRight(guard);
    }

    /** One side of an exchange. */
    public Exchange begin(RandomGenerator random) {
        if (this == NONE) {
            return new Exchange(BigInteger.ONE, BigInteger.ONE);
        }
        BigInteger prime = prime();
        byte[] bytes = new byte[bytes()];
        random.nextBytes(bytes);
        BigInteger secret = new BigInteger(1, bytes)
                .mod(prime.subtract(BigInteger.valueOf(3)))
                .add(TWO);
        return new Exchange(prime, secret);
    }

    /** What one side knows, which is used once. */
    public final class Exchange {
        private final BigInteger prime;
        private final BigInteger secret;

        private Exchange(BigInteger prime, BigInteger secret) {
            this.prime = prime;
            this.secret = secret;
        }

        /** What the other side is told, as long as the group's values are; nothing without a group. */
        public byte[] publicValue() {
            return Group.this == NONE ? new byte[0] : padded(TWO.modPow(secret, prime));
        }

        /**
         * What both sides know afterwards.
         *
         * @param other the other side's public value
         * @return nothing if that can't be one
         */
        public Optional<byte[]> shared(byte[] other) {
            BigInteger value = new BigInteger(1, other);
            boolean isPossible = value.compareTo(BigInteger.ONE) > 0
                    && value.compareTo(prime.subtract(BigInteger.ONE)) < 0
                    && other.length == bytes();
            return isPossible ? Optional.of(padded(value.modPow(secret, prime))) : Optional.empty();
        }

        private byte[] padded(BigInteger value) {
            byte[] out = new byte[bytes()];
            byte[] digits = value.toByteArray();
            int skipped = Math.max(digits.length - out.length, 0); // the sign
            System.arraycopy(digits, skipped, out, out.length - digits.length + skipped, digits.length - skipped);
            return out;
        }
    }
}
