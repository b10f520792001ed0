package io.stowage.array.flasharray;

import io.stowage.array.core.Estate;
import io.stowage.array.core.Host;
import io.stowage.array.fault.CallCounts;
import io.stowage.array.fault.Knob;
import io.stowage.array.fault.Surroundings;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** What testers find here beside the API itself: the words of fault switches, and the knobs of a FlashArray. */
final class Testing implements Surroundings {
    private static final long LONGEST_LATENCY = 60_000;
    private static final long LONGEST_LIFETIME = Duration.ofDays(365).toMillis();

    private final Estate estate;
    private final Volumes volumes;
    private final Endpoints endpoints;
    private final Sessions sessions;
    private final CallCounts calls;
    private final Behaviour.Current behaviour;
    private final Behaviour usual;

    Testing(Estate estate, Endpoints endpoints, Sessions sessions, CallCounts calls, Behaviour.Current behaviour) {
        this.estate = estate;
        this.volumes = new Volumes(estate);
        this.endpoints = endpoints;
        this.sessions = sessions;
        this.calls = calls;
        this.behaviour = behaviour;
        this.usual = behaviour.get();
    }

    @Override
    public Collection<String> paths() {
        return Stream.concat(endpoints.paths(), Stream.of("api_version", "login", "logout"))
                .toList();
    }

    @Override
    public Optional<String> serialOf(String volume) {
        return estate.read(objects ->
                volumes.named(objects, volume).map(found -> found.identity().serial()));
    }

    @Override
    public boolean isOfHost(String host, String initiator) {
        return estate.read(objects -> objects.hostOf(initiator).map(Host::name).filter(host::equalsIgnoreCase))
                .isPresent();
    }

    @Override
    public CallCounts calls() {
        return calls;
    }

    @Override
    public void endSessions() {
        sessions.endAll();
    }

    @Override
    public List<Knob> knobs() {
        return List.of(
                Knob.flag(
                        "safemode",
                        () -> !estate.read(SafeMode::of).manual(),
                        to -> new Support(estate).allowManualEradication(!to.orElse(false))),
                Knob.number(
                        "page-limit",
                        1,
                        Behaviour.LONGEST_PAGE,
                        () -> Optional.of((long) now().pageLimit()),
                        to -> set(
                                now -> now.withPageLimit(to.map(Long::intValue).orElse(usual.pageLimit())))),
                Knob.number(
                        "session-limit",
                        1,
                        Behaviour.MOST_SESSIONS,
                        () -> Optional.of((long) now().sessionLimit()),
                        to -> set(now ->
                                now.withSessionLimit(to.map(Long::intValue).orElse(usual.sessionLimit())))),
                Knob.number(
                        "session-lifetime",
                        1,
                        LONGEST_LIFETIME,
                        () -> now().sessionLifetime().map(Duration::toMillis),
                        to -> set(now -> now.withSessionLifetime(to.map(Duration::ofMillis)))),
                Knob.number(
                        "latency",
                        0,
                        LONGEST_LATENCY,
                        () -> Optional.of(now().latency().toMillis()),
                        to -> set(now ->
                                now.withLatency(to.map(Duration::ofMillis).orElse(usual.latency())))));
    }

    private Behaviour now() {
        return behaviour.get();
    }

    private void set(UnaryOperator<Behaviour> change) {
        behaviour.change(change);
    }
}
