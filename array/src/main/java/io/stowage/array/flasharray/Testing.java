package io.stowage.array.flasharray;

import io.stowage.array.core.Estate;
import io.stowage.array.core.Host;
import io.stowage.array.fault.CallCounts;
import io.stowage.array.fault.Knob;
import io.stowage.array.fault.Surroundings;
import io.stowage.array.management.Behaviour;
import io.stowage.array.management.BehaviourKnobs;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What testers find here beside the API itself: the words of fault switches, and the knobs of a FlashArray. */
final class Testing implements Surroundings {
    private final Estate estate;
    private final Volumes volumes;
    private final Endpoints endpoints;
    private final Sessions sessions;
    private final CallCounts calls;
    private final List<Knob> knobs;

    Testing(
            Estate estate,
            Endpoints endpoints,
            Sessions sessions,
            CallCounts calls,
            PageLimit pageLimit,
            Behaviour.Current behaviour) {
        this.estate = estate;
        this.volumes = new Volumes(estate);
        this.endpoints = endpoints;
        this.sessions = sessions;
        this.calls = calls;
        var all = new ArrayList<>(List.of(
                Knob.flag(
                        "safemode",
                        () -> !estate.read(SafeMode::of).manual(),
                        to -> new Support(estate).allowManualEradication(!to.orElse(false))),
                pageLimit.knob()));
        all.addAll(BehaviourKnobs.of(behaviour, Sessions.MOST));
        this.knobs = List.copyOf(all);
    }

    @Override
    public String personality() {
        return FlashArray.NAME;
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
        return knobs;
    }
}
