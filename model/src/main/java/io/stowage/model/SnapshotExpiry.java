package io.stowage.model;

import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How long snapshots live: blank-separated numbers with a unit, each unit at most once: {@code S} seconds, {@code M}
 * minutes, {@code H} hours (exact), {@code d} days, {@code w} weeks, {@code m} months, {@code y} years (by the calendar, in
 * UTC; days beyond the end of a month go on into the next). Nothing means for ever.
 */
public record SnapshotExpiry(Period calendar, Duration exact) {
    /** The year has four digits in RFC 3339, and Go's clients read no list in which one has more. */
    private static final int MOST_YEARS = 7000;

    private static final Pattern PART = Pattern.compile("([0-9]{1,6})([SMHdwmy])");

    /** @throws InvalidValue if the form is wrong, a unit comes twice, or it is more than 7000 years */
    public static SnapshotExpiry parse(String text) {
        var calendar = Period.ZERO;
        var exact = Duration.ZERO;
        var seen = new HashSet<String>();
        if (!text.isBlank())
            for (var word : text.strip().split("\\s+")) {
                var part = PART.matcher(word);
                if (!part.matches())
                    throw new InvalidValue(
                            "expiry", text, "numbers with the units S, M, H, d, w, m, y are wanted, such as \"1w 3d\"");
                if (!seen.add(part.group(2)))
                    throw new InvalidValue("expiry", text, "the unit " + part.group(2) + " comes more than once");
                var n = Integer.parseInt(part.group(1));
                switch (part.group(2)) {
                    case "S" -> exact = exact.plusSeconds(n);
                    case "M" -> exact = exact.plusMinutes(n);
                    case "H" -> exact = exact.plusHours(n);
                    case "d" -> calendar = calendar.plusDays(n);
                    case "w" -> calendar = calendar.plusDays(7L * n);
                    case "m" -> calendar = calendar.plusMonths(n);
                    default -> calendar = calendar.plusYears(n);
                }
            }
        if (years(calendar, exact) > MOST_YEARS)
            throw new InvalidValue("expiry", text, "at most " + MOST_YEARS + " years are allowed");
        return new SnapshotExpiry(calendar, exact);
    }

    private static long years(Period calendar, Duration exact) {
        return calendar.toTotalMonths() / 12 + (calendar.getDays() + exact.toDays()) / 365;
    }

    /** When a snapshot made at this instant expires; empty if never. */
    public Optional<Instant> after(Instant created) {
        if (calendar.isZero() && exact.isZero()) return Optional.empty();
        var start = created.atOffset(ZoneOffset.UTC);
        // As Go's AddDate: 31 January and a month is what 31 February would be, 3 March or the day before.
        var date = start.toLocalDate()
                .withDayOfMonth(1)
                .plusMonths(calendar.toTotalMonths())
                .plusDays(start.getDayOfMonth() - 1L + calendar.getDays());
        return Optional.of(date.atTime(start.toOffsetTime()).plus(exact).toInstant());
    }
}
