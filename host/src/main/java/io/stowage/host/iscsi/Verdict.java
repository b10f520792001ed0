package io.stowage.host.iscsi;

import io.stowage.iscsi.scsi.ScsiStatus;
import io.stowage.iscsi.scsi.Sense;

/** What is to be done about a command's status. SAM-5, section 5.3; SPC-4, section 4.5. */
sealed interface Verdict {
    /** It was carried out. */
    record Done() implements Verdict {}

    /** It was not, and may be at once. */
    record Again() implements Verdict {}

    /** It was not, and may be a little later. */
    record Later() implements Verdict {}

    /** Something happened to the unit: prove its identity, ask for its size, repeat what it may have lost. */
    record Examine() implements Verdict {}

    /** There is no such unit (any more). */
    record Missing() implements Verdict {}

    /** It will never be carried out. */
    record Refused(int errno) implements Verdict {}

    Verdict DONE = new Done();
    Verdict AGAIN = new Again();
    Verdict LATER = new Later();
    Verdict EXAMINE = new Examine();

    static Verdict of(int status, Sense sense) {
        return switch (status) {
            case ScsiStatus.GOOD, ScsiStatus.CONDITION_MET -> DONE;
            case ScsiStatus.CHECK_CONDITION -> of(sense);
            case ScsiStatus.BUSY, ScsiStatus.TASK_SET_FULL -> LATER;
            case ScsiStatus.TASK_ABORTED -> AGAIN;
            case ScsiStatus.RESERVATION_CONFLICT -> new Refused(LinuxErrno.EBADE);
            default -> new Refused(LinuxErrno.EIO);
        };
    }

    private static Verdict of(Sense sense) {
        return switch (sense.key()) {
            // Recovered error: it was carried out, with trouble.
            case Sense.NO_SENSE_KEY, RECOVERED_ERROR -> DONE;
            case Sense.NOT_READY -> sense.code() == MANUAL_INTERVENTION ? new Refused(LinuxErrno.EIO) : LATER;
            case Sense.UNIT_ATTENTION -> attention(sense);
            case Sense.ILLEGAL_REQUEST -> sense.is(Sense.UNIT_NOT_SUPPORTED) ? new Missing() : illegal(sense);
            case Sense.DATA_PROTECT -> new Refused(sense.is(Sense.OUT_OF_SPACE) ? LinuxErrno.ENOSPC : LinuxErrno.EROFS);
            case Sense.ABORTED_COMMAND -> LATER;
            default -> new Refused(LinuxErrno.EIO);
        };
    }

    private static Verdict illegal(Sense sense) {
        return new Refused(sense.is(Sense.INVALID_OPCODE) ? LinuxErrno.EOPNOTSUPP : LinuxErrno.EIO);
    }

    private static Verdict attention(Sense sense) {
        return switch (sense.code() >>> 8) {
            // Reset or power on: the cache may be lost. LUNs or identity changed: it may be another volume now.
            case 0x29, 0x3F -> EXAMINE;
            case 0x2A -> sense.is(Sense.CAPACITY_CHANGED) ? EXAMINE : AGAIN;
            default -> AGAIN;
        };
    }

    int RECOVERED_ERROR = 0x1;
    /** LOGICAL UNIT NOT READY, MANUAL INTERVENTION REQUIRED. */
    int MANUAL_INTERVENTION = 0x0403;
}
