package io.stowage.model;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * When snapshots are taken by themselves: cron expressions of five fields and the aliases {@code @hourly @daily @midnight
 * @weekly @monthly @annually @yearly}, separated by comma and blank; between aliases the comma alone will do. Empty is
 * off. The minute (and hour) of an alias differs from volume to volume, to spread the load, and
 * stays the same for one.
 */
public record SnapshotSchedule(List<String> entries) {
    private static final List<String> ALIASES =
            List.of("@hourly", "@daily", "@midnight", "@weekly", "@monthly", "@annually", "@yearly");
    /** A comma inside a cron field has digits or names on both sides: it doesn't separate. */
    private static final String SEPARATOR = ",\\s+|,(?=@)|(?<=@[a-z]{1,10}),";

    /** @throws InvalidValue if an entry is neither an alias nor a cron expression of five fields */
    public static SnapshotSchedule parse(String text) {
        var entries = new ArrayList<String>();
        if (!text.isBlank())
            for (var part : text.strip().toLowerCase(Locale.ROOT).split(SEPARATOR, -1)) {
                var entry = part.strip();
                if (!ALIASES.contains(entry)) check(text, entry);
                entries.add(entry);
            }
        return new SnapshotSchedule(List.copyOf(entries));
    }

    /**
     * The first time after {@code after} at which a snapshot is due; empty if never.
     *
     * @param volume spreads the aliases
     */
    public Optional<ZonedDateTime> next(ZonedDateTime after, UUID volume) {
        return entries.stream()
                .map(entry -> cron(expression(entry, volume)))
                .flatMap(cron -> ExecutionTime.forCron(cron).nextExecution(after).stream())
                .min(ZonedDateTime::compareTo);
    }

    private static void check(String text, String entry) {
        if (entry.split("\\s+").length == 5)
            try {
                cron(entry);
                return;
            } catch (IllegalArgumentException e) {
                // said below
            }
        throw new InvalidValue(
                "snapshot schedule",
                text,
                "\"%s\" is neither a cron expression of five fields nor one of %s"
                        .formatted(entry, String.join(", ", ALIASES)));
    }

    private static Cron cron(String expression) {
        // A parser is cheap, and not documented to be safe for several threads.
        return new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX))
                .parse(expression)
                .validate();
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
