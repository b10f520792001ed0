package io.stowage.driver.pure;

import io.stowage.driver.RecoveryJson;
import io.stowage.driver.RecoveryRecord;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A recovery record as tags: JSON in pieces of at most 256 characters, {@code record-00} and on, and {@code record} with their
 * number. All are set in one step, so that a reader never sees pieces of two records; pieces of an older, longer one that are
 * left behind the last don't count.
 */
final class RecordTags {
    private static final int PIECE = 256;
    /** A step sets at most 30 tags; one is the number. */
    private static final int MOST_PIECES = 29;

    private static final String COUNT = "record";

    private RecordTags() {}

    static Map<String, String> write(RecoveryRecord recovery) {
        return write(recovery, 0);
    }

    /** @param others tags that are set in the same step */
    static Map<String, String> write(RecoveryRecord recovery, int others) {
        var json = RecoveryJson.write(recovery, (MOST_PIECES - others) * PIECE);
        var tags = new LinkedHashMap<String, String>();
        int pieces = 0;
        for (int at = 0; at < json.length(); at += PIECE)
            tags.put(key(pieces++), json.substring(at, Math.min(json.length(), at + PIECE)));
        tags.put(COUNT, String.valueOf(pieces));
        return tags;
    }

    /** The record in an object's tags; empty if there is none, or not a whole one. */
    static Optional<RecoveryRecord> read(Map<String, String> tags) {
        var count = tags.getOrDefault(COUNT, "");
        if (!count.matches("[0-9]{1,2}")) return Optional.empty();
        var json = new StringBuilder();
        for (int i = 0; i < Integer.parseInt(count); i++) {
            var piece = tags.getOrDefault(key(i), "");
            if (piece.isEmpty()) return Optional.empty();
            json.append(piece);
        }
        return RecoveryJson.read(json.toString());
    }

    private static String key(int piece) {
        return "%s-%02d".formatted(COUNT, piece);
    }
}
