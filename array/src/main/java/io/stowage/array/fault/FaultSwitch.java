package io.stowage.array.fault;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/** One switch with its count. Thread-safe: exactly {@code times} calls are hit, however many come at once. */
final class FaultSwitch<C, O> {
    /** What {@code times} is for a switch that stays until it is cleared. */
    static final long FOREVER = Long.MAX_VALUE;

    private final long id;
    private final ObjectNode request;
    private final Predicate<C> matches;
    private final Fault<O> fault;
    private final long after;
    private final long times;
    private final AtomicLong seen = new AtomicLong();

    /**
     * A switch that is on.
     *
     * @param request as the tester wrote it
     * @param after matching calls that pass first
     * @param times matching calls that are hit then, 1 to {@link #FOREVER}
     */
    FaultSwitch(long id, ObjectNode request, Predicate<C> matches, Fault<O> fault, long after, long times) {
        this.id = id;
        this.request = request.deepCopy();
        this.matches = matches;
        this.fault = fault;
        this.after = after;
        this.times = times;
    }

    long id() {
        return id;
    }

    /** Whether it was asked for with this {@code on}. */
    boolean isOn(String on) {
        return request.path("on").asString("").equals(on);
    }

    /** Counts the call if it matches; the fault if it is hit. */
    Optional<Fault<O>> take(C call) {
        if (isSpent() || !matches.test(call)) {
            return Optional.empty();
        }
        var before = seen.getAndIncrement();
        return before >= after && before - after < times ? Optional.of(fault) : Optional.empty();
    }

    boolean isSpent() {
        return seen.get() - after >= times;
    }

    /** The request with what has become of it. */
    ObjectNode describe() {
        var hits = Math.clamp(seen.get() - after, 0, times);
        return request.deepCopy().put("id", id).put("hits", hits);
    }
}
