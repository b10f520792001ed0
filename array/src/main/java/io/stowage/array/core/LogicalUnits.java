package io.stowage.array.core;

import java.util.NavigableMap;
import java.util.Optional;

/**
 * What data front ends (iSCSI, NVMe/TCP) see of the array: which units an initiator may use, and when that changes.
 * All methods may be called from any thread and answer from memory, so a front end asks again for each command instead
 * of remembering: a unit that is disconnected is out of reach with the very next command.
 */
public interface LogicalUnits {
    /**
     * The units connected to the host object that owns this initiator, by LUN (1 to 4095, ascending).
     *
     * @param initiator IQN or NQN, compared without regard to case
     * @return an immutable map; empty when no host owns the initiator or nothing is connected to it
     */
    NavigableMap<Integer, LogicalUnit> visibleTo(String initiator);

    /** Whether there is a host object that owns this initiator. */
    default boolean knows(String initiator) {
        return !visibleTo(initiator).isEmpty();
    }

    /** Whether the initiator could use this unit before the array was started: then it must hear of the restart. */
    default boolean wasVisibleBeforeStart(String initiator, LogicalUnit unit) {
        return false;
    }

    /** The CHAP credentials of the host object that owns this initiator; empty when the host logs in without CHAP. */
    Optional<ChapCredentials> credentialsOf(String initiator);

    /** Where front ends count what they carry out for whom. */
    Meters meters();

    /** How full the array is, as of a moment ago. */
    Room room();

    /**
     * Tells a front end about changes, until the returned registration is closed. A change is told after it has become
     * visible here, by the thread that made it: a watcher only notes it and returns, and never throws.
     */
    Registration watch(Watcher watcher);

    /** Ends a {@link #watch}. */
    interface Registration extends AutoCloseable {
        @Override
        void close();
    }

    /** Is told what an initiator must hear about, for example as a SCSI unit attention. */
    interface Watcher {
        /** Units were connected to or disconnected from this initiator (SCSI: 3Fh/0Eh, reported LUNs data changed). */
        void unitsChanged(String initiator);

        /** The size of the unit at this LUN has changed (SCSI: 2Ah/09h, capacity data has changed). */
        void sizeChanged(String initiator, int lun);

        /** The array has become so full that somebody should do something about it (SCSI: 38h/07h). */
        default void roomLow() {}

        /** Another registrant has changed this one's registration, or ended the reservation (SCSI: 2Ah/03h to 05h). */
        void reservationChanged(LogicalUnit unit, Registrant registrant, Reservations.Event event);
    }
}
