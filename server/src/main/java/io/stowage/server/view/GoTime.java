package io.stowage.server.view;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Times as LXD writes them: RFC 3339, and Go's zero time for "never" and "unknown". */
public final class GoTime {
    /** Year 1: never. */
    public static final String ZERO = "0001-01-01T00:00:00Z";

    private static final Instant ZERO_INSTANT = Instant.parse(ZERO);

    /** What Go reads: capitals, seconds, years of four digits, and of a fraction the first nine. */
    private static final Pattern READABLE = Pattern.compile(
            "([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:[.][0-9]{1,9})?)[0-9]{0,100}(Z|[+-][0-9]{2}:[0-9]{2})");

    private GoTime() {}

    /** @param time null is never */
    public static String write(@Nullable Instant time) {
        return time == null ? ZERO : time.toString();
    }

    /**
     * Writes a time by the clock of whoever gave it.
     *
     * @param time null is never
     */
    public static String write(@Nullable OffsetDateTime time) {
        return time == null ? ZERO : DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time);
    }

    /**
     * Reads a time; empty for the zero time.
     *
     * @throws DateTimeException it is no RFC 3339 time
     */
    public static Optional<OffsetDateTime> read(String text) {
        var parts = READABLE.matcher(text);
        if (!parts.matches()) {
            throw new DateTimeException("not as in RFC 3339");
        }
        var time = OffsetDateTime.parse(parts.group(1) + parts.group(2));
        return time.toInstant().equals(ZERO_INSTANT) ? Optional.empty() : Optional.of(time);
    }
}
