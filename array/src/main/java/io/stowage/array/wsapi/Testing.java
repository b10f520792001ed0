package io.stowage.array.wsapi;

import io.stowage.array.core.Estate;
import io.stowage.array.core.Host;
import io.stowage.array.fault.CallCounts;
import io.stowage.array.fault.Knob;
import io.stowage.array.fault.Surroundings;
import io.stowage.array.wsapi.rest.Sessions;
import io.stowage.array.wsapi.rest.Table;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What testers find here beside the API itself: the words of fault switches, and the knobs of an Alletra. */
final class Testing implements Surroundings {
    private final Estate estate;
    private final Table table;
    private final Sessions sessions;
    private final CallCounts calls;
    private final List<Knob> knobs;

    Testing(Estate estate, Table table, Sessions sessions, CallCounts calls, List<Knob> knobs) {
        this.estate = estate;
        this.table = table;
        this.sessions = sessions;
        this.calls = calls;
        this.knobs = List.copyOf(knobs);
    }

    @Override
    public String personality() {
        return Alletra.NAME;
    }

    @Override
    public Collection<String> paths() {
        return Stream.concat(table.paths(), Stream.of("api", "credentials", "credentials/*"))
                .toList();
    }

    @Override
    public Optional<String> serialOf(String volume) {
        return estate.read(objects -> objects.volume(Optional.empty(), volume)
                .map(found -> found.identity().serial()));
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
    public Collection<Knob> knobs() {
        return knobs;
    }
}
