package io.stowage.array.flasharray;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.UUID;

/** Who is logged in. Sessions don't outlive the process, as they don't outlive a controller. Thread-safe. */
final class Sessions {
    /** The highest limit there can be. */
    static final int MOST = 4096;

    private final InstantSource time;
    private final LinkedHashMap<String, Session> byToken = new LinkedHashMap<>(16, 0.75f, true);

    private record Session(Instant begun, Instant lastUse) {
        boolean isOver(Instant now, Duration idle, Optional<Duration> lifetime) {
            return !idle.isZero() && lastUse.plus(idle).isBefore(now)
                    || lifetime.filter(longest -> begun.plus(longest).isBefore(now))
                            .isPresent();
        }
    }

    Sessions(InstantSource time) {
        this.time = time;
    }

    /**
     * A new session; returns its token.
     *
     * @param most beyond this many, those that have been idle longest are ended
     */
    synchronized String begin(int most) {
        var token = UUID.randomUUID().toString();
        while (byToken.size() >= most) {
            byToken.pollFirstEntry();
        }
        var now = time.instant();
        byToken.put(token, new Session(now, now));
        return token;
    }

    /**
     * Refuses a token whose session isn't there or is over.
     *
     * @param idle how long a session may be idle; zero for ever
     * @param lifetime how long a session may last however busy it is; empty for ever
     */
    synchronized void use(String token, Duration idle, Optional<Duration> lifetime) {
        var now = time.instant();
        var session = byToken.get(token);
        if (session == null || session.isOver(now, idle, lifetime)) {
            byToken.remove(token);
            throw Refusal.invalidSession();
        }
        byToken.put(token, new Session(session.begun(), now));
    }

    synchronized void end(String token) {
        byToken.remove(token);
    }

    /** Ends all, as when the other controller takes over. */
    synchronized void endAll() {
        byToken.clear();
    }
}
