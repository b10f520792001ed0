package io.stowage.array.core;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Work of the array that takes time and can be watched. It outlives restarts: what it brings about is done by one change
 * together with its end, by whom the personality entrusts with that.
 *
 * @param number under which it is known; unique, and never used again
 * @param kind what is done, in the personality's words
 * @param volumes ids of the volumes that it works on; while it isn't over they exist
 * @param due when it will have been long enough
 * @param ended when it was over; empty while it isn't
 * @param attributes what only the personality knows the meaning of
 */
public record Job(
        UUID id,
        long number,
        String kind,
        List<UUID> volumes,
        Instant started,
        Instant due,
        Optional<Instant> ended,
        Map<String, String> attributes)
        implements Entity {
    public Job {
        volumes = List.copyOf(volumes);
        attributes = Map.copyOf(attributes);
    }

    public boolean isOver() {
        return ended.isPresent();
    }

    /** How much of its time has passed, from 0 (it has just begun) to 1. */
    public double progress(Instant now) {
        var whole = Duration.between(started, due).toMillis();
        var passed = Duration.between(started, ended.orElse(now)).toMillis();
        return whole <= 0 ? 1 : Math.clamp((double) passed / whole, 0, 1);
    }

    public Job withAttributes(Map<String, String> others) {
        return new Job(id, number, kind, volumes, started, due, ended, others);
    }

    /** The same work, which was over at that time. */
    public Job endedAt(Instant end) {
        return new Job(id, number, kind, volumes, started, due, Optional.of(end), attributes);
    }
}
