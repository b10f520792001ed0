package io.stowage.array.wsapi.volume;

import io.stowage.array.wsapi.rest.Input;
import io.stowage.array.wsapi.rest.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Expiration and retention in requests: 1 to 43800 hours from now. The retention isn't longer than the expiration, and
 * once set it can't be removed or reduced (3PAR CLI Reference, createvv and setvv).
 */
final class Lifetime {
    static final String EXPIRATION = "expirationHours";
    static final String RETENTION = "retentionHours";
    static final String NO_EXPIRATION = "rmExpTime";

    private static final int MOST_HOURS = 43_800;

    private Lifetime() {}

    /** The traits with what the request says about it. */
    static Traits applied(Traits before, Input input, Instant now) {
        input.exclude(EXPIRATION, NO_EXPIRATION);
        var expires =
                end(input, EXPIRATION, now).or(() -> input.isSet(NO_EXPIRATION) ? Optional.empty() : before.expires());
        var retained = end(input, RETENTION, now).or(before::retained);
        if (before.retained().isPresent()
                && retained.get().isBefore(before.retained().get())) {
            throw Problem.RETAINED.of(RETENTION);
        }
        if (expires.isPresent() && retained.filter(expires.get()::isBefore).isPresent()) {
            throw Problem.EXCEEDS_RANGE.of(RETENTION);
        }
        return before.withExpires(expires).withRetained(retained);
    }

    private static Optional<Instant> end(Input input, String member, Instant now) {
        return input.number(member, 1, MOST_HOURS).map(Duration::ofHours).map(now::plus);
    }
}
