package io.stowage.engine;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * How far an operation is, for people: LXD's form and stages (lxd-api.md, section 8.5).
 *
 * @param text such as {@code snapshot 2 of 5: 40% (107.88MB/s)}; empty for nothing
 */
public record OperationProgress(Stage stage, String text) {
    /** What goes on; clients see it in the key of the metadata. */
    public enum Stage {
        /** What an array does, or a part of the work. */
        VOLUME("volume"),
        /** Blocks pass through this host. */
        BLOCK("block"),
        /** Files do. */
        FILES("fs");

        private final String word;

        Stage(String word) {
            this.word = word;
        }

        public String key() {
            return word + "_progress";
        }

        private String prefix() {
            return word + "|";
        }
    }

    private static final List<String> UNITS = List.of("B", "kB", "MB", "GB", "TB", "PB");

    /** @param since when the first of these bytes went */
    public static OperationProgress bytes(Stage stage, String part, long done, long total, Duration since) {
        long percent = total == 0 ? 100 : Math.min(100, (long) (100.0 * done / total));
        return new OperationProgress(stage, "%s: %d%% (%s/s)".formatted(part, percent, size(pace(done, since))));
    }

    /** Where nobody knows how many bytes there will be. */
    public static OperationProgress bytes(Stage stage, String part, long done, Duration since) {
        return new OperationProgress(stage, "%s: %s (%s/s)".formatted(part, size(done), size(pace(done, since))));
    }

    private static double pace(long done, Duration since) {
        return done * 1e9 / Math.max(1, since.toNanos());
    }

    /** Decimal units and two digits, as LXD writes them. */
    private static String size(double bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= 1000 && unit < UNITS.size() - 1) {
            value /= 1000;
            unit++;
        }
        return unit == 0
                ? (long) value + UNITS.getFirst()
                : String.format(Locale.ROOT, "%.2f%s", value, UNITS.get(unit));
    }

    /** As {@link #toString} wrote it. */
    public static OperationProgress parse(String kept) {
        for (Stage stage : Stage.values()) {
            if (kept.startsWith(stage.prefix())) {
                return new OperationProgress(
                        stage, kept.substring(stage.prefix().length()));
            }
        }
        return new OperationProgress(Stage.VOLUME, kept);
    }

    @Override
    public String toString() {
        return stage == Stage.VOLUME ? text : stage.prefix() + text;
    }
}
