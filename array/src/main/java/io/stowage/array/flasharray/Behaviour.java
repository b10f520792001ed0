package io.stowage.array.flasharray;

import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What a tester may change about the API while it runs; lost when the array ends.
 *
 * @param pageLimit the longest page, 1 to 1000 items
 * @param sessionLimit sessions that may be open, 1 to 4096
 * @param sessionLifetime after which a session ends however busy it is; empty for never
 * @param latency added to each request
 */
record Behaviour(int pageLimit, int sessionLimit, Optional<Duration> sessionLifetime, Duration latency) {
    static final int LONGEST_PAGE = 1000;
    static final int MOST_SESSIONS = 4096;

    /** As real arrays do. */
    static Behaviour usual(Duration latency) {
        return new Behaviour(LONGEST_PAGE, MOST_SESSIONS, Optional.empty(), latency);
    }

    /** How the API behaves now. Thread-safe. */
    static final class Current {
        private volatile Behaviour now;

        Current(Behaviour first) {
            this.now = first;
        }

        Behaviour get() {
            return now;
        }

        synchronized void change(UnaryOperator<Behaviour> change) {
            now = change.apply(now);
        }
    }

    Behaviour withPageLimit(int other) {
        return new Behaviour(other, sessionLimit, sessionLifetime, latency);
    }

    Behaviour withSessionLimit(int other) {
        return new Behaviour(pageLimit, other, sessionLifetime, latency);
    }

    Behaviour withSessionLifetime(Optional<Duration> other) {
        return new Behaviour(pageLimit, sessionLimit, other, latency);
    }

    Behaviour withLatency(Duration other) {
        return new Behaviour(pageLimit, sessionLimit, sessionLifetime, other);
    }
}
