package io.stowage.model;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/**
 * Minute, hour, day of month, month and day of week, as LXD's cron library reads them: weekdays are 0 (Sunday) to 6; if
 * both day fields hold something back, either will do.
 */
record CronExpression(CronField minute, CronField hour, CronField day, CronField month, CronField weekday) {
    /** From one 29 February to the next it may be eight years. */
    private static final int YEARS = 9;

    /** @throws InvalidValue if it is none, with what is wrong in LXD's words */
    static CronExpression parse(String text) {
        var fields = text.toLowerCase(Locale.ROOT).split("\\s+", -1);
        if (fields.length != 5)
            throw new InvalidValue(
                    "Schedule must be of the form: <minute> <hour> <day-of-month> <month> <day-of-week>");
        return new CronExpression(
                CronField.parse(CronField.Kind.MINUTE, fields[0]),
                CronField.parse(CronField.Kind.HOUR, fields[1]),
                CronField.parse(CronField.Kind.DAY, fields[2]),
                CronField.parse(CronField.Kind.MONTH, fields[3]),
                CronField.parse(CronField.Kind.WEEKDAY, fields[4]));
    }

    /**
     * The first full minute after {@code after} that it names, by the clock of that zone; empty if there is none. When
     * clocks are put forward, what was due in the hour that is left out comes after it; when they are put back, a given
     * hour comes once, while what comes every hour goes on.
     */
    Optional<ZonedDateTime> next(ZonedDateTime after) {
        return hour.any() ? nextByTime(after) : nextByClock(after);
    }

    private Optional<ZonedDateTime> nextByTime(ZonedDateTime after) {
        var time = after.truncatedTo(ChronoUnit.MINUTES).plusMinutes(1);
        var end = after.plusYears(YEARS);
        while (time.isBefore(end)) {
            if (!isDay(time.toLocalDate()))
                time = time.toLocalDate().plusDays(1).atStartOfDay(time.getZone());
            else if (!minute.has(time.getMinute())) time = time.plusMinutes(1);
            else return Optional.of(time);
        }
        return Optional.empty();
    }

    private Optional<ZonedDateTime> nextByClock(ZonedDateTime after) {
        var local = after.toLocalDateTime().truncatedTo(ChronoUnit.MINUTES);
        // What the clock showed an hour ago may be still to come, when it is about to be put forward.
        local = local.minusHours(1);
        var end = local.plusYears(YEARS);
        while (local.isBefore(end)) {
            local = following(local, end);
            var time = local.atZone(after.getZone());
            if (local.isBefore(end) && time.isAfter(after)) return Optional.of(time);
        }
        return Optional.empty();
    }

    private LocalDateTime following(LocalDateTime after, LocalDateTime end) {
        var time = after.plusMinutes(1);
        while (time.isBefore(end)) {
            if (!isDay(time.toLocalDate()))
                time = time.toLocalDate().plusDays(1).atStartOfDay();
            else if (!hour.has(time.getHour()))
                time = time.truncatedTo(ChronoUnit.HOURS).plusHours(1);
            else if (!minute.has(time.getMinute())) time = time.plusMinutes(1);
            else return time;
        }
        return end;
    }

    private boolean isDay(LocalDate date) {
        var fits = day.has(date.getDayOfMonth());
        var fitsWeek = weekday.has(date.getDayOfWeek().getValue() % 7);
        var either = !day.any() && !weekday.any();
        return month.has(date.getMonthValue()) && (either ? fits || fitsWeek : fits && fitsWeek);
    }
}
