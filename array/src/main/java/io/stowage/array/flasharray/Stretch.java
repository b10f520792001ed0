package io.stowage.array.flasharray;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * The time that {@code start_time}, {@code end_time} and {@code resolution} speak of, all in milliseconds.
 *
 * @param resolution how long each sample is
 */
record Stretch(Instant start, Instant end, Duration resolution) {
    /** 30 seconds, 5 and 30 minutes, 2, 8 and 24 hours. */
    private static final Set<Long> RESOLUTIONS =
            Set.of(30_000L, 300_000L, 1_800_000L, 7_200_000L, 28_800_000L, 86_400_000L);

    /** Empty when the call speaks of no time: it wants the latest figures. */
    static Optional<Stretch> of(Call call, Instant now, Duration finest) {
        var start = call.millis("start_time");
        var end = call.millis("end_time");
        var resolution = call.millis("resolution");
        if (start.isEmpty() && end.isEmpty() && resolution.isEmpty()) {
            return Optional.empty();
        }
        var length = Duration.ofMillis(resolution.orElse(Math.max(30_000, finest.toMillis())));
        if (length.compareTo(finest) < 0 || !length.equals(finest) && !RESOLUTIONS.contains(length.toMillis())) {
            throw Refusal.of(Wording.invalidParameter("resolution"));
        }
        var until = end.map(Instant::ofEpochMilli).orElse(now);
        var from = start.map(Instant::ofEpochMilli).orElse(until.minus(length));
        if (!from.isBefore(until)) {
            throw Refusal.of(Wording.invalidParameter("start_time"));
        }
        return Optional.of(new Stretch(from, until, length));
    }
}
