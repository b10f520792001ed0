package io.stowage.array.namespace;

import io.stowage.array.core.Condition;
import io.stowage.array.core.LogicalUnit;
import io.stowage.array.core.Reservations;
import io.stowage.nvme.command.Status;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A command's way to the data of a namespace, and what may bar it. Asked when the command is planned and again when it is
 * carried out.
 */
record Access(Viewer viewer, int namespace, LogicalUnit unit, Kind kind) {
    private static final Logger LOG = System.getLogger(Access.class.getName());

    /** What a command does with data, as reservations see it. Base 2.0, figure 435. */
    enum Kind {
        /** Nothing: it is for everybody. */
        NONE,
        READ,
        /** What belongs to writing but changes nothing. */
        FLUSH,
        WRITE
    }

    /** Work on the unit. */
    interface Work {
        Ending run(ByteBuffer data) throws IOException;
    }

    /** Why the command may not be carried out now, or nothing. */
    Optional<Status> obstacle() {
        if (NamespaceServer.unit(viewer, namespace)
                .filter(there -> there == unit)
                .isEmpty()) {
            return Optional.of(Status.INVALID_NAMESPACE);
        }
        Optional<Status> unreachable = obstacle(viewer.path());
        if (unreachable.isPresent()) {
            return unreachable;
        }
        if (!isAdmitted()) {
            return Optional.of(Status.RESERVATION_CONFLICT);
        }
        return unit.condition().isNormal() || kind == Kind.NONE
                ? Optional.empty()
                : obstacle(unit.condition().state());
    }

    /** The work, if nothing bars it then; a unit's failure ends it as the host has to see it. */
    Plan.Action guarded(Work work) {
        return data -> {
            Optional<Status> obstacle = obstacle();
            if (obstacle.isPresent()) {
                return Ending.of(obstacle.get());
            }
            try {
                return work.run(data);
            } catch (IOException e) {
                if (!(e instanceof LogicalUnit.OutOfSpace)) {
                    LOG.log(Level.WARNING, "Namespace {0}: command failed: {1}", unit, e.getMessage());
                }
                return Ending.of(NamespaceServer.statusOf(e));
            }
        };
    }

    /** Through which namespaces can't be reached at present. Base 2.0, section 8.1.3. */
    private static Optional<Status> obstacle(Path path) {
        return switch (path.access()) {
            case OPTIMIZED, NON_OPTIMIZED -> Optional.empty();
            case INACCESSIBLE -> Optional.of(Status.ANA_INACCESSIBLE);
            case PERSISTENT_LOSS -> Optional.of(Status.ANA_PERSISTENT_LOSS);
            case CHANGE -> Optional.of(Status.ANA_TRANSITION);
        };
    }

    private boolean isAdmitted() {
        if (kind == Kind.NONE || unit.reservations().isFree()) {
            return true;
        }
        Reservations.State state = unit.reservations().state();
        return state.reserved().isEmpty() && state.reservation().admits(viewer.registrant(), kind != Kind.READ);
    }

    private Optional<Status> obstacle(Condition.State state) {
        if (state.sanitizing()) {
            return Optional.of(Status.SANITIZE_IN_PROGRESS);
        }
        return state.takesNoWrites() && kind == Kind.WRITE ? Optional.of(Status.WRITE_PROTECTED) : Optional.empty();
    }
}
