package io.stowage.server.view;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Times as LXD writes them: RFC 3339, and Go's zero time for "never" and "unknown". */
public final class GoTime {
    /** Year 1: never. */
    public static final String ZERO = "0001-01-01T00:00:00Z";

    private static final Instant ZERO_INSTANT = Instant.parse(ZERO);

    private GoTime() {}

    /** @param time null is never */
    public static String write(@Nullable Instant time) {
        return time == null ? ZERO : time.toString();
    }

    /**
     * Reads a time; empty for the zero time.
     *
     * @throws DateTimeException it is no RFC 3339 time
     */
    public static Optional<Instant> read(String text) {
        var time = OffsetDateTime.parse(text).toInstant();
        return time.equals(ZERO_INSTANT) ? Optional.empty() : Optional.of(time);
    }
}
