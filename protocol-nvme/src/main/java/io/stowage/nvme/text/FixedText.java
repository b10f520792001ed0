package io.stowage.nvme.text;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Texts in fields of fixed size, which are filled up with zeros or blanks. Base 2.0, section 1.4.2. */
public final class FixedText {
    private FixedText() {}

    /** The text up to the first zero, or as long as the field. */
    public static String untilZero(ByteBuffer bytes, int start, int length) {
        int end = 0;
        while (end < length && bytes.get(start + end) != 0) {
            end++;
        }
        byte[] text = new byte[end];
        bytes.get(start, text);
        return new String(text, StandardCharsets.UTF_8);
    }

    /** The text without what it was filled up with, zeros or blanks. */
    public static String trimmed(ByteBuffer bytes, int start, int length) {
        return untilZero(bytes, start, length).stripTrailing();
    }

    /** @throws IllegalArgumentException the text doesn't fit */
    public static void put(ByteBuffer to, int start, int length, String text, byte filler) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > length) {
            throw new IllegalArgumentException("%d bytes of text: at most %d".formatted(bytes.length, length));
        }
        to.put(start, bytes);
        for (int i = bytes.length; i < length; i++) {
            to.put(start + i, filler);
        }
    }
}
