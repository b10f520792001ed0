package io.stowage.array.namespace;

import io.stowage.array.core.LogicalUnit;
import io.stowage.array.core.LogicalUnits;
import io.stowage.array.core.Registrant;
import io.stowage.array.core.Reservations;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** All controllers, told of changes by the array. May be used by several threads. */
public final class Viewers {
    private final Set<Viewer> present = ConcurrentHashMap.newKeySet();

    /**
     * A new controller, to be told of changes until {@link #leave}. Whoever serves units has them watched by
     * {@link #watcher}.
     *
     * @param hostId 16 bytes
     * @param path by which it is reached
     * @param bell rung by any thread when there may be a {@link Viewer#nextEvent}; it must not wait
     */
    public Viewer enter(
            Subsystem subsystem, String hostNqn, byte[] hostId, int controllerId, Path path, Runnable bell) {
        Viewer viewer = new Viewer(subsystem, hostNqn, hostId, controllerId, path, bell);
        present.add(viewer);
        return viewer;
    }

    /** The controller has gone. */
    public void leave(Viewer viewer) {
        present.remove(viewer);
    }

    /** Has the controllers of all subsystems with these units told of their changes. */
    public LogicalUnits.Watcher watcher(LogicalUnits units) {
        return new LogicalUnits.Watcher() {
            @Override
            public void unitsChanged(String initiator) {}

            @Override
            public void sizeChanged(String initiator, int lun) {}

            @Override
            public void reservationChanged(LogicalUnit unit, Registrant registrant, Reservations.Event event) {}
        };
    }
}
