package io.stowage.array.management;

import io.stowage.array.core.Estate;
import io.stowage.array.core.Host;
import io.stowage.array.core.Objects;
import io.stowage.array.core.Volume;
import io.stowage.array.fault.CallCounts;
import io.stowage.array.fault.Knob;
import io.stowage.array.fault.Surroundings;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What testers find beside a management API: the words of fault switches, and knobs.
 *
 * @param personality its name
 * @param volumes finds volumes by the names that the personality gives them
 * @param paths that can be called
 * @param sessions ends them all
 */
public record Testing(
        String personality,
        Estate estate,
        VolumeNames volumes,
        Collection<String> paths,
        Sessions sessions,
        CallCounts calls,
        Collection<Knob> knobs)
        implements Surroundings {

    /** The names of volumes. */
    @FunctionalInterface
    public interface VolumeNames {
        Optional<Volume> find(Objects objects, String name);
    }

    /** Those who are logged in. */
    @FunctionalInterface
    public interface Sessions {
        /** Ends all, as when another controller takes over. */
        void endAll();
    }

    public Testing {
        paths = List.copyOf(paths);
        knobs = List.copyOf(knobs);
    }

    @Override
    public Optional<String> serialOf(String volume) {
        return estate.read(objects ->
                volumes.find(objects, volume).map(found -> found.identity().serial()));
    }

    @Override
    public boolean isOfHost(String host, String initiator) {
        return estate.read(objects -> objects.hostOf(initiator).map(Host::name).filter(host::equalsIgnoreCase))
                .isPresent();
    }

    @Override
    public void endSessions() {
        sessions.endAll();
    }
}
