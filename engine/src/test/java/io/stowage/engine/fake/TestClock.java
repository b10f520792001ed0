package io.stowage.engine.fake;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** The machine's clock, until a test sets it. */
public final class TestClock extends Clock {
    private volatile @Nullable Instant set;

    public void set(String time) {
        set = Instant.parse(time);
    }

    public void advance(Duration duration) {
        set = instant().plus(duration);
    }

    @Override
    public Instant instant() {
        Instant now = set;
        return now == null ? Instant.now() : now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException();
    }
}
