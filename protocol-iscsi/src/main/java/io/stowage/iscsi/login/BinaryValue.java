package io.stowage.iscsi.login;

import io.stowage.iscsi.pdu.LoginStatus;
import java.util.Base64;
import java.util.HexFormat;

/** Binary values in texts: {@code 0x} with hex digits or {@code 0b} with base64. RFC 7143, section 6.1. */
final class BinaryValue {
    private static final int PREFIX = 2;

    private BinaryValue() {}

    /** Hex, since libiscsi reads nothing else. */
    static String encode(byte[] bytes) {
        return "0x" + HexFormat.of().formatHex(bytes);
    }

    /**
     * Reads either form. The value isn't repeated in the failure, as it may give a secret away.
     *
     * @param max bytes that are allowed; there must be one at least
     */
    static byte[] parse(KeyValue pair, int max) throws LoginFailure {
        String text = pair.value();
        String prefix = text.substring(0, Math.min(PREFIX, text.length()));
        String digits = text.substring(prefix.length());
        try {
            byte[] bytes = switch (prefix) {
                case "0x", "0X" -> HexFormat.of().parseHex(digits);
                case "0b", "0B" -> Base64.getDecoder().decode(digits);
                default -> throw new IllegalArgumentException("no prefix");
            };
            if (bytes.length > 0 && bytes.length <= max) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            // Said below, without the decoder's words, which repeat what they read.
        }
        throw new LoginFailure(
                LoginStatus.INITIATOR_ERROR,
                "%s must be 0x and hex digits or 0b and base64, 1 to %d bytes".formatted(pair.key(), max));
    }
}
