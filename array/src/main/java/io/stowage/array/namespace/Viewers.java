package io.stowage.array.namespace;

import io.stowage.array.core.LogicalUnit;
import io.stowage.array.core.LogicalUnits;
import io.stowage.array.core.Registrant;
import io.stowage.array.core.Reservations;
import io.stowage.nvme.log.ReservationLog;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

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
        viewer.namespacesChanged(); // what came between its making and its entry is told too
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
            public void unitsChanged(String initiator) {
                each(units, viewer -> viewer.hostNqn().equalsIgnoreCase(initiator), Viewer::namespacesChanged);
            }

            @Override
            public void sizeChanged(String initiator, int lun) {
                each(
                        units,
                        viewer -> viewer.hostNqn().equalsIgnoreCase(initiator),
                        viewer -> viewer.namespaceChanged(lun));
            }

            @Override
            public void reservationChanged(LogicalUnit unit, Registrant registrant, Reservations.Event event) {
                each(
                        units,
                        viewer -> viewer.registrant().equals(registrant),
                        viewer -> viewer.namespaceOf(unit).ifPresent(id -> tell(viewer, id, event)));
            }
        };
    }

    /** Namespaces are reached in another way than before through this path: its hosts are told. */
    public void accessChanged(Path path) {
        on(path).forEach(viewer -> viewer.raise(AsyncEvent.ACCESS_CHANGED));
    }

    /** Whether all hosts on this path that want to know of {@link #accessChanged} have looked at what has changed. */
    public boolean knowAccess(Path path) {
        return on(path).noneMatch(viewer -> viewer.events().isUnread(AsyncEvent.ACCESS_CHANGED));
    }

    private Stream<Viewer> on(Path path) {
        return present.stream().filter(viewer -> viewer.path() == path);
    }

    /** Identifiers of the controllers of a subsystem, ascending. */
    List<Integer> controllersOf(Subsystem subsystem, Predicate<Viewer> which) {
        return present.stream()
                .filter(viewer -> viewer.subsystem().nqn().equals(subsystem.nqn()))
                .filter(which)
                .map(Viewer::controllerId)
                .sorted()
                .toList();
    }

    /** Something about a unit has changed that Identify tells. */
    void unitChanged(LogicalUnit unit, Viewer by) {
        for (Viewer viewer : present) {
            if (viewer != by) {
                viewer.namespaceOf(unit).ifPresent(viewer::namespaceChanged);
            }
        }
    }

    private void each(LogicalUnits units, Predicate<Viewer> which, Consumer<Viewer> then) {
        for (Viewer viewer : present) {
            if (viewer.subsystem().units() == units && which.test(viewer)) {
                then.accept(viewer);
            }
        }
    }

    private static void tell(Viewer viewer, int namespace, Reservations.Event event) {
        int type = switch (event) {
            case REGISTRATION_PREEMPTED -> ReservationLog.REGISTRATION_PREEMPTED;
            case RESERVATION_RELEASED -> ReservationLog.RESERVATION_RELEASED;
            case RESERVATION_PREEMPTED -> ReservationLog.RESERVATION_PREEMPTED;
        };
        if (viewer.notifications().add(type, namespace)) {
            viewer.raise(AsyncEvent.RESERVATION);
        }
    }
}
