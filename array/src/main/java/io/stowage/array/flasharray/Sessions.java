package io.stowage.array.flasharray;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.UUID;

/** Who is logged in. Sessions don't outlive the process, as they don't outlive a controller. Thread-safe. */
final class Sessions {
    /** Beyond this many the one that has been idle longest is ended. */
    static final int MOST = 4096;

    private final InstantSource time;
    private final LinkedHashMap<String, Instant> lastUse = new LinkedHashMap<>(16, 0.75f, true);

    Sessions(InstantSource time) {
        this.time = time;
    }

    /** A new session; returns its token. */
    synchronized String begin() {
        var token = UUID.randomUUID().toString();
        if (lastUse.size() >= MOST) {
            lastUse.pollFirstEntry();
        }
        lastUse.put(token, time.instant());
        return token;
    }

    /**
     * Refuses a token whose session isn't there or has been idle for too long.
     *
     * @param idle how long a session may be idle; zero for ever
     */
    synchronized void use(String token, Duration idle) {
        var now = time.instant();
        var last = lastUse.get(token);
        if (last == null || !idle.isZero() && last.plus(idle).isBefore(now)) {
            lastUse.remove(token);
            throw Refusal.invalidSession();
        }
        lastUse.put(token, now);
    }

    synchronized void end(String token) {
        lastUse.remove(token);
    }
}
