package io.stowage.array.iscsi;

import io.stowage.array.fault.Faults;
import io.stowage.array.net.BufferPool;
import io.stowage.array.net.Portal;
import io.stowage.array.net.SlowLane;
import io.stowage.iscsi.login.Preferences;
import java.util.List;
import java.util.Optional;

/** What all connections share, whatever target they are for. */
record Surroundings(
        List<Target> targets,
        List<Portal> portals,
        SlowLane slowLane,
        BufferPool buffers,
        Preferences preferences,
        Limits limits,
        Faults faults) {
    Surroundings {
        targets = List.copyOf(targets);
        portals = List.copyOf(portals);
    }

    Optional<Target> target(String iqn) {
        return targets.stream()
                .filter(target -> target.iqn().equalsIgnoreCase(iqn))
                .findFirst();
    }
}
