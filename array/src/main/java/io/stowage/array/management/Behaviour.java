package io.stowage.array.management;

import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What a tester may change about a management API while it runs; lost when the array ends.
 *
 * @param sessionLimit sessions that may be open, 1 or more
 * @param sessionLifetime after which a session ends however busy it is; empty for never
 * @param latency added to each request
 */
public record Behaviour(int sessionLimit, Optional<Duration> sessionLifetime, Duration latency) {
    /** As real arrays do. */
    public static Behaviour usual(int sessionLimit, Duration latency) {
        return new Behaviour(sessionLimit, Optional.empty(), latency);
    }

    /** How the API behaves now. Thread-safe. */
    public static final class Current {
        private volatile Behaviour now;

        public Current(Behaviour first) {
            this.now = first;
        }

        public Behaviour get() {
            return now;
        }

        synchronized void change(UnaryOperator<Behaviour> change) {
            now = change.apply(now);
        }
    }

    Behaviour withSessionLimit(int other) {
        return new Behaviour(other, sessionLifetime, latency);
    }

    Behaviour withSessionLifetime(Optional<Duration> other) {
        return new Behaviour(sessionLimit, other, latency);
    }

    Behaviour withLatency(Duration other) {
        return new Behaviour(sessionLimit, sessionLifetime, other);
    }
}
