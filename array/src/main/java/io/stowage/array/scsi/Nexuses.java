package io.stowage.array.scsi;

import io.stowage.array.core.LogicalUnit;
import io.stowage.array.core.LogicalUnits;
import io.stowage.array.core.Registrant;
import io.stowage.array.core.Reservations;
import io.stowage.iscsi.scsi.Sense;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** All nexuses of a target, told of changes by the array. May be used by several threads. */
public final class Nexuses implements LogicalUnits.Watcher {
    private final Set<Nexus> present = ConcurrentHashMap.newKeySet();
    private final Past past;

    /** @param units knows which of them initiators had before the array was started */
    public Nexuses(LogicalUnits units) {
        this.past = new Past(units);
    }

    /** A new nexus, to be told of changes until {@link #leave}. */
    public Nexus enter(String initiator, long isid, int port) {
        Nexus nexus = new Nexus(initiator, isid, port, past);
        present.add(nexus);
        return nexus;
    }

    /** The initiator has gone, and with it what it reserved for the time of its session. */
    public void leave(Nexus nexus) {
        present.remove(nexus);
        nexus.release();
    }

    /** The same, but without a farewell: the connection was lost, or another session has taken its place. */
    public void lose(Nexus nexus) {
        nexus.lose();
        leave(nexus);
    }

    /** A unit was reset: everybody is told, the one who did it too. SAM-5, section 5.14.6. */
    public void unitReset(LogicalUnit unit) {
        unit.reservations().reset();
        unit.condition().setWriteProtected(false); // as all mode parameters it goes back to what is saved
        present.forEach(nexus -> nexus.raise(unit, Sense.UNIT_RESET));
    }

    /** Mode parameters of a unit were changed by this nexus. */
    void modeChanged(LogicalUnit unit, Nexus by) {
        for (Nexus nexus : present) {
            if (nexus != by) {
                nexus.raise(unit, Sense.MODE_PARAMETERS_CHANGED);
            }
        }
    }

    @Override
    public void unitsChanged(String initiator) {
        for (Nexus nexus : present) {
            if (nexus.initiator().equalsIgnoreCase(initiator)) {
                nexus.raiseEverywhere(Sense.REPORTED_LUNS_CHANGED);
            }
        }
    }

    @Override
    public void reservationChanged(LogicalUnit unit, Registrant registrant, Reservations.Event event) {
        Sense attention = switch (event) {
            case REGISTRATION_PREEMPTED -> Sense.REGISTRATIONS_PREEMPTED;
            case RESERVATION_PREEMPTED -> Sense.RESERVATIONS_PREEMPTED;
            case RESERVATION_RELEASED -> Sense.RESERVATIONS_RELEASED;
        };
        for (Nexus nexus : present) {
            if (nexus.registrant().equals(registrant)) {
                nexus.raise(unit, attention);
            }
        }
    }

    @Override
    public void roomLow() {
        present.forEach(nexus -> nexus.raiseEverywhere(Sense.SOFT_THRESHOLD_REACHED));
    }

    @Override
    public void sizeChanged(String initiator, int lun) {
        for (Nexus nexus : present) {
            if (nexus.initiator().equalsIgnoreCase(initiator)) {
                nexus.raise(lun, Sense.CAPACITY_CHANGED);
            }
        }
    }
}
