package io.stowage.driver.alletra;

import io.stowage.driver.RecoveryJson;
import io.stowage.driver.RecoveryRecord;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Recovery records as comments, which an administrator can read: JSON; or, when it is longer than a comment can be, the same
 * compressed and in base 64 behind a {@code z}.
 */
final class RecordComments {
    /** Characters that a volume's comment can have (API reference, POST volumes). */
    static final int OF_VOLUME = 511;

    private static final String COMPRESSED = "z";
    private static final int LARGEST = 1 << 16;

    private RecordComments() {}

    static String write(RecoveryRecord recovery, int limit) {
        return RecoveryJson.write(recovery, json -> json.length() <= limit ? json : compressed(json), limit);
    }

    /** The record in a comment; empty if it holds something else. */
    static Optional<RecoveryRecord> read(@Nullable String comment) {
        if (comment == null) return Optional.empty();
        return comment.startsWith(COMPRESSED)
                ? decompressed(comment.substring(COMPRESSED.length())).flatMap(RecoveryJson::read)
                : RecoveryJson.read(comment);
    }

    private static String compressed(String json) {
        try (var deflater = new Deflater(Deflater.BEST_COMPRESSION, true)) {
            deflater.setInput(json.getBytes(StandardCharsets.US_ASCII));
            deflater.finish();
            var out = new byte[json.length() + 64];
            var length = deflater.deflate(out);
            var bytes = Arrays.copyOf(out, length);
            return COMPRESSED + Base64.getEncoder().withoutPadding().encodeToString(bytes);
        }
    }

    private static Optional<String> decompressed(String text) {
        try (var inflater = new Inflater(true)) {
            inflater.setInput(Base64.getDecoder().decode(text));
            var out = new byte[LARGEST];
            var length = inflater.inflate(out);
            return inflater.finished()
                    ? Optional.of(new String(out, 0, length, StandardCharsets.US_ASCII))
                    : Optional.empty();
        } catch (DataFormatException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
