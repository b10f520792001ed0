package io.stowage.array.scsi;

import io.stowage.array.core.LogicalUnit;
import io.stowage.array.core.Reservations;
import io.stowage.iscsi.scsi.Cdb;

/** Which commands a reservation keeps out. SPC-4, table 66; SBC-3, table 13; SPC-2, table 9 for RESERVE(6). */
final class Admission {
    /** What a command does to a unit, as reservations see it. */
    private enum Access {
        NONE,
        READ,
        WRITE
    }

    private Admission() {}

    /** Whether the command may be carried out; not whether it is any good. */
    static boolean admits(Nexus nexus, LogicalUnit unit, Cdb command) {
        Reservations reservations = unit.reservations();
        if (reservations.isFree()) {
            return true;
        }
        Reservations.State state = reservations.state();
        if (state.reserved().isPresent()) {
            return admitsDuringSession(state.reserved().get().equals(nexus.registrant()), command);
        }
        Access access = accessOf(command);
        return access == Access.NONE || state.reservation().admits(nexus.registrant(), access == Access.WRITE);
    }

    /** Whether a unit that a copy names may be read or, with {@code writing}, written. */
    static boolean admits(Nexus nexus, LogicalUnit unit, boolean writing) {
        Reservations.State state = unit.reservations().state();
        return state.reserved().map(nexus.registrant()::equals).orElse(true)
                && state.reservation().admits(nexus.registrant(), writing);
    }

    /** With RESERVE(6) both kinds of reservations exclude one another, even for the holder. */
    private static boolean admitsDuringSession(boolean holder, Cdb command) {
        return switch (command) {
            case Cdb.Release release -> true;
            case Cdb.PreventAllow prevent -> holder || prevent.prevent() == 0;
            case Cdb.PersistentReserveIn in -> false;
            case Cdb.PersistentReserveOut out -> false;
            default -> holder;
        };
    }

    private static Access accessOf(Cdb command) {
        return switch (command) {
            case Cdb.TestUnitReady ready -> Access.NONE;
            case Cdb.RequestSense sense -> Access.NONE;
            case Cdb.Inquiry inquiry -> Access.NONE;
            case Cdb.ReportLuns report -> Access.NONE;
            case Cdb.ReadCapacity10 capacity -> Access.NONE;
            case Cdb.ReadCapacity16 capacity -> Access.NONE;
            case Cdb.ReportTargetPortGroups report -> Access.NONE;
            // These have rules of their own.
            case Cdb.PersistentReserveIn in -> Access.NONE;
            case Cdb.PersistentReserveOut out -> Access.NONE;
            case Cdb.Reserve reserve -> Access.NONE;
            case Cdb.Release release -> Access.NONE;
            case Cdb.StartStopUnit startStop ->
                startStop.start() && startStop.powerCondition() == 0 ? Access.NONE : Access.WRITE;
            case Cdb.PreventAllow prevent -> prevent.prevent() == 0 ? Access.NONE : Access.WRITE;
            case Cdb.Read read -> Access.READ;
            case Cdb.Verify verify -> Access.READ;
            case Cdb.Prefetch prefetch -> Access.READ;
            case Cdb.GetLbaStatus status -> Access.READ;
            case Cdb.ModeSense sense -> Access.READ;
            case Cdb.ReportSupportedOpcodes report -> Access.READ;
            case Cdb.Write write -> Access.WRITE;
            case Cdb.WriteVerify write -> Access.WRITE;
            case Cdb.WriteSame write -> Access.WRITE;
            case Cdb.CompareAndWrite write -> Access.WRITE;
            case Cdb.OrWrite write -> Access.WRITE;
            case Cdb.Sanitize sanitize -> Access.WRITE;
            case Cdb.LogSense sense -> Access.NONE;
            case Cdb.Unmap unmap -> Access.WRITE;
            case Cdb.ExtendedCopy copy -> Access.WRITE;
            case Cdb.ReceiveCopyResults results -> Access.WRITE;
            case Cdb.SynchronizeCache synchronize -> Access.WRITE;
            case Cdb.ModeSelect select -> Access.WRITE;
            // It fails in any case, and better says why.
            case Cdb.Unsupported unsupported -> Access.NONE;
        };
    }
}
