package io.stowage.array.management;

import io.stowage.array.fault.Knob;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The knobs that every management API has. */
public final class BehaviourKnobs {
    private static final long LONGEST_LATENCY = 60_000;
    private static final long LONGEST_LIFETIME = Duration.ofDays(365).toMillis();

    private BehaviourKnobs() {}

    /**
     * Knobs for this behaviour; what it is now counts as the usual one.
     *
     * @param mostSessions the highest limit that may be set
     */
    public static List<Knob> of(Behaviour.Current behaviour, int mostSessions) {
        var usual = behaviour.get();
        return List.of(
                Knob.number(
                        "session-limit",
                        1,
                        mostSessions,
                        () -> Optional.of((long) behaviour.get().sessionLimit()),
                        to -> behaviour.change(now ->
                                now.withSessionLimit(to.map(Long::intValue).orElse(usual.sessionLimit())))),
                Knob.number(
                        "session-lifetime",
                        1,
                        LONGEST_LIFETIME,
                        () -> behaviour.get().sessionLifetime().map(Duration::toMillis),
                        to -> behaviour.change(now -> now.withSessionLifetime(to.map(Duration::ofMillis)))),
                Knob.number(
                        "latency",
                        0,
                        LONGEST_LATENCY,
                        () -> Optional.of(behaviour.get().latency().toMillis()),
                        to -> behaviour.change(now ->
                                now.withLatency(to.map(Duration::ofMillis).orElse(usual.latency())))));
    }
}
