package io.stowage.host.iscsi;

import io.stowage.host.remote.LinuxErrno;
import io.stowage.host.remote.Verdict;
import io.stowage.iscsi.scsi.ScsiStatus;
import io.stowage.iscsi.scsi.Sense;

/** What a SCSI status means for its command. SAM-5, section 5.3; SPC-4, section 4.5. */
final class ScsiVerdict {
    private static final int RECOVERED_ERROR = 0x1;
    /** LOGICAL UNIT NOT READY, MANUAL INTERVENTION REQUIRED. */
    private static final int MANUAL_INTERVENTION = 0x0403;

    private ScsiVerdict() {}

    static Verdict of(Task task) {
        return switch (task.status()) {
            case ScsiStatus.GOOD, ScsiStatus.CONDITION_MET -> Verdict.DONE;
            case ScsiStatus.CHECK_CONDITION -> of(task, task.sense());
            case ScsiStatus.BUSY, ScsiStatus.TASK_SET_FULL -> new Verdict.Later(words(task));
            case ScsiStatus.TASK_ABORTED -> new Verdict.Again(words(task));
            case ScsiStatus.RESERVATION_CONFLICT -> refused(LinuxErrno.EBADE, task);
            default -> refused(LinuxErrno.EIO, task);
        };
    }

    private static Verdict of(Task task, Sense sense) {
        return switch (sense.key()) {
            // Recovered error: it was carried out, with trouble.
            case Sense.NO_SENSE_KEY, RECOVERED_ERROR -> Verdict.DONE;
            case Sense.NOT_READY ->
                sense.code() == MANUAL_INTERVENTION ? refused(LinuxErrno.EIO, task) : new Verdict.Later(words(task));
            case Sense.UNIT_ATTENTION -> attention(task, sense);
            case Sense.ILLEGAL_REQUEST -> illegal(task, sense);
            case Sense.DATA_PROTECT ->
                refused(sense.is(Sense.OUT_OF_SPACE) ? LinuxErrno.ENOSPC : LinuxErrno.EROFS, task);
            case Sense.ABORTED_COMMAND -> new Verdict.Later(words(task));
            default -> refused(LinuxErrno.EIO, task);
        };
    }

    private static Verdict illegal(Task task, Sense sense) {
        if (sense.is(Sense.UNIT_NOT_SUPPORTED)) {
            return new Verdict.Missing(words(task));
        }
        return refused(sense.is(Sense.INVALID_OPCODE) ? LinuxErrno.EOPNOTSUPP : LinuxErrno.EIO, task);
    }

    private static Verdict attention(Task task, Sense sense) {
        return switch (sense.code() >>> 8) {
            // Reset or power on: the cache may be lost. LUNs or identity changed: it may be another volume now.
            case 0x29, 0x3F -> new Verdict.Examine(words(task));
            case 0x2A ->
                sense.is(Sense.CAPACITY_CHANGED) ? new Verdict.Examine(words(task)) : new Verdict.Again(words(task));
            default -> new Verdict.Again(words(task));
        };
    }

    private static Verdict refused(int errno, Task task) {
        return new Verdict.Refused(errno, words(task));
    }

    private static String words(Task task) {
        return "the command 0x%02x: status 0x%02x, sense %s".formatted(task.cdb.get(0), task.status(), task.sense());
    }
}
