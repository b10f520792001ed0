package io.stowage.iscsi.scsi;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Text of fixed length, padded with spaces. */
final class Ascii {
    private Ascii() {}

    static void put(ByteBuffer out, int at, int length, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < length; i++) {
            out.put(at + i, i < bytes.length ? bytes[i] : (byte) ' ');
        }
    }

    static String get(ByteBuffer in, int at, int length) {
        byte[] bytes = new byte[length];
        in.get(at, bytes);
        return new String(bytes, StandardCharsets.US_ASCII).strip();
    }
}
