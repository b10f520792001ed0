package io.stowage.host.archive;

import java.nio.charset.StandardCharsets;

/** Names in archives are bytes: here a text with one of them in each character. */
final class Bytes {
    private Bytes() {}

    /** The bytes of a text in UTF-8. */
    static String ofText(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    static String toText(String bytes) {
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
