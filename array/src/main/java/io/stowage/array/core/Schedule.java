package io.stowage.array.core;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * When something is done again and again. Days are those of UTC.
 *
 * @param frequency more than nothing
 * @param at how long after midnight; only used when the frequency is whole days
 */
public record Schedule(boolean enabled, Duration frequency, Optional<Duration> at) {
    private static final Duration DAY = Duration.ofDays(1);

    public Schedule {
        if (frequency.isNegative() || frequency.isZero()) {
            throw new IllegalArgumentException("A frequency of " + frequency + ": it has to be more than nothing");
        }
    }

    /** The first time of a schedule that begins now: at once, or when the clock says so. */
    public Optional<Instant> first(Instant now) {
        if (!enabled) {
            return Optional.empty();
        }
        if (!hasTimeOfDay()) {
            return Optional.of(now);
        }
        var today = timeOfDay(now);
        return Optional.of(today.isBefore(now) ? today.plus(DAY) : today);
    }

    /**
     * The first time after now, in step with the last one; what was missed in between is left out.
     *
     * @param last a time of this schedule, not after now
     */
    public Optional<Instant> next(Instant last, Instant now) {
        if (!enabled) {
            return Optional.empty();
        }
        var step = frequency.toMillis();
        var passed = Duration.between(last, now).toMillis() / step;
        return Optional.of(last.plusMillis((passed + 1) * step));
    }

    private boolean hasTimeOfDay() {
        return at.isPresent() && frequency.toMillis() % DAY.toMillis() == 0;
    }

    private Instant timeOfDay(Instant day) {
        return day.atOffset(ZoneOffset.UTC).with(LocalTime.MIDNIGHT).toInstant().plus(at.orElse(Duration.ZERO));
    }
}
