package io.stowage.iscsi.login;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The text format: pairs {@code key=value}, each ended by a zero byte. RFC 7143, section 6.1.
 *
 * <p>Malformed text is an {@link IllegalArgumentException} whose message doesn't repeat values, as they may be secret.
 */
public final class KeyText {

    /** Longest text of one exchange, bytes, over all its PDUs: room for SendTargets with hundreds of portals. */
    public static final int MAX_LENGTH = 64 * 1024;

    /** RFC 7143, section 6.1. */
    private static final int MAX_KEY_LENGTH = 63;

    /** Binary values of CHAP: 1024 bytes in hex, and as much again. RFC 7143, section 12.1.4. */
    private static final int MAX_VALUE_LENGTH = 8192;

    private static final int MAX_PAIRS = 2048;

    private KeyText() {}

    /** Reads the remaining bytes. Empty pairs (a second zero byte) are passed over, as peers pad with them. */
    public static List<KeyValue> parse(ByteBuffer text) {
        String decoded = decode(text);
        List<KeyValue> pairs = new ArrayList<>();
        for (int at = 0; at < decoded.length(); ) {
            int zero = decoded.indexOf('\0', at);
            int end = zero < 0 ? decoded.length() : zero;
            if (end > at) {
                pairs.add(pair(decoded.substring(at, end)));
            }
            if (pairs.size() > MAX_PAIRS) {
                throw new IllegalArgumentException("more than " + MAX_PAIRS + " keys in one text");
            }
            at = end + 1;
        }
        return pairs;
    }

    /** The bytes of the pairs, position 0. */
    public static ByteBuffer encode(List<KeyValue> pairs) {
        StringBuilder text = new StringBuilder();
        for (KeyValue pair : pairs) {
            text.append(pair.key()).append('=').append(pair.value()).append('\0');
        }
        return StandardCharsets.UTF_8.encode(CharBuffer.wrap(text));
    }

    private static String decode(ByteBuffer text) {
        if (text.remaining() > MAX_LENGTH) {
            throw new IllegalArgumentException("text of " + text.remaining() + " bytes: at most " + MAX_LENGTH);
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(text.duplicate()).toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("text is not UTF-8", e);
        }
    }

    private static KeyValue pair(String text) {
        int equals = text.indexOf('=');
        if (equals <= 0 || equals > MAX_KEY_LENGTH) {
            throw new IllegalArgumentException("text without a key of 1 to " + MAX_KEY_LENGTH + " characters before =");
        }
        String key = text.substring(0, equals);
        if (text.length() - equals - 1 > MAX_VALUE_LENGTH) {
            throw new IllegalArgumentException("value of " + key + " is longer than " + MAX_VALUE_LENGTH);
        }
        return new KeyValue(key, text.substring(equals + 1));
    }
}
