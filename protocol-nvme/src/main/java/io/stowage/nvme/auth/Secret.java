package io.stowage.nvme.auth;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * A key as administrators hand it over: {@code DHHC-1:HH:BASE64:}, where HH is the hash function by which it is made into
 * the key of one host or subsystem, 00 for none. Base 2.0, section 8.13.5.8. Its text never says what it is.
 */
public final class Secret {
    /** What all of them begin with. */
    public static final String PREFIX = "DHHC-1:";

    private static final Pattern FORM = Pattern.compile("DHHC-1:0([0-3]):([A-Za-z0-9+/]+={0,2}):");
    private static final byte[] PURPOSE = "NVMe-over-Fabrics".getBytes(StandardCharsets.US_ASCII);

    private final byte[] key;
    private final Optional<Hash> hash;

    private Secret(byte[] key, Optional<Hash> hash) {
        this.key = key;
        this.hash = hash;
    }

    /** The secret of this text; nothing if it is none, or has been mistyped. */
    public static Optional<Secret> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        byte[] decoded;
        try {
            decoded = Base64.getDecoder().decode(form.group(2));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        int length = decoded.length - Integer.BYTES;
        if (length != 32 && length != 48 && length != 64) {
            return Optional.empty();
        }
        byte[] key = Arrays.copyOf(decoded, length);
        CRC32 crc = new CRC32();
        crc.update(key);
        int expected = ByteBuffer.wrap(decoded).order(ByteOrder.LITTLE_ENDIAN).getInt(length);
        return (int) crc.getValue() == expected
                ? Optional.of(new Secret(key, Hash.of(form.group(1).charAt(0) - '0')))
                : Optional.empty();
    }

    /** The key of the host or the subsystem with this name. */
    byte[] keyOf(String nqn) {
        return hash.map(with -> with.hmac(key, nqn.getBytes(StandardCharsets.UTF_8), PURPOSE))
                .orElseGet(key::clone);
    }

    @Override
    public String toString() {
        return "(hidden)";
    }
}
