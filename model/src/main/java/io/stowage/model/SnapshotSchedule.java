package io.stowage.model;

import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * When snapshots are taken by themselves: cron expressions of five fields and the aliases {@code @hourly @daily @midnight
 * @weekly @monthly @annually @yearly}, separated by a comma, with or without a blank where that is clear. Empty is off.
 * The minute (and hour) of an alias differs from volume to volume, to spread the load, and stays the same for one.
 */
public record SnapshotSchedule(List<String> entries) {
    private static final List<String> ALIASES =
            List.of("@hourly", "@daily", "@midnight", "@weekly", "@monthly", "@annually", "@yearly");
    /** A comma inside a cron field has digits or names on both sides: it doesn't separate. */
    private static final String SEPARATOR = ",\\s+|,(?=@)|(?<=@[a-z]{1,10}),";

    private static final int FIELDS = 5;

    /** @throws InvalidValue if an entry is neither an alias nor a cron expression of five fields */
    public static SnapshotSchedule parse(String text) {
        var entries = new ArrayList<String>();
        if (!text.isBlank())
            for (var part : text.strip().toLowerCase(Locale.ROOT).split(SEPARATOR, -1))
                for (var entry : apart(part.strip())) {
                    if (!ALIASES.contains(entry)) check(text, entry);
                    entries.add(entry);
                }
        return new SnapshotSchedule(List.copyOf(entries));
    }

    /** Expressions joined by a bare comma, of which the last field of one and the first of the next look like one. */
    private static List<String> apart(String text) {
        var words = text.split("\\s+");
        var joints = FIELDS - 1;
        if (words.length <= FIELDS || words.length % joints != 1) return List.of(text);
        for (int at = joints; at < words.length - 1; at += joints) {
            if (words[at].chars().filter(c -> c == ',').count() != 1) return List.of(text);
            words[at] = words[at].replace(",", "\n");
        }
        return List.of(String.join(" ", words).split("\n"));
    }

    /**
     * The first time after {@code after} at which a snapshot is due, by the clock of its zone; empty if never.
     *
     * @param volume spreads the aliases
     */
    public Optional<ZonedDateTime> next(ZonedDateTime after, UUID volume) {
        return entries.stream()
                .map(entry -> CronExpression.parse(expression(entry, volume)))
                .flatMap(cron -> cron.next(after).stream())
                .min(ZonedDateTime::compareTo);
    }

    private static void check(String text, String entry) {
        try {
            CronExpression.parse(entry);
        } catch (InvalidValue e) {
            throw new InvalidValue(
                    "snapshot schedule",
                    text,
                    "\"%s\" is neither one of %s nor a cron expression: %s"
                            .formatted(entry, String.join(", ", ALIASES), e.reason()));
        }
    }

    private static String expression(String entry, UUID volume) {
        int spread = Math.floorMod(volume.hashCode(), 24 * 60);
        int minute = spread % 60;
        int hour = spread / 60;
        return switch (entry) {
            case "@hourly" -> minute + " * * * *";
            case "@daily" -> minute + " " + hour + " * * *";
            case "@midnight" -> minute + " 0 * * *";
            case "@weekly" -> minute + " " + hour + " * * 0";
            case "@monthly" -> minute + " " + hour + " 1 * *";
            case "@annually", "@yearly" -> minute + " " + hour + " 1 1 *";
            default -> entry;
        };
    }
}
