package io.stowage.host.nvme;

import io.stowage.host.remote.LinuxErrno;
import io.stowage.host.remote.Verdict;
import io.stowage.nvme.command.Status;

/** What a status means for its command; errnos as Linux' nvme_error_status. Base 2.0, section 3.3.3.2.1. */
final class NvmeVerdict {
    private static final int MEDIA = 2;
    private static final int PATH = 3;
    /** Attempted Write to Read Only Range. NVM Command Set 1.0, figure 17. */
    private static final int READ_ONLY_RANGE = 0x182;

    private NvmeVerdict() {}

    /** Whether it says that the namespace can't be reached this way, whatever is asked. */
    static boolean isAboutPath(Status status) {
        return status.type() == PATH;
    }

    static Verdict of(NvmeCommand command) {
        Status status = command.status();
        if (status.isSuccess()) {
            return Verdict.DONE;
        }
        String words = "the command 0x%02x: %s".formatted(command.entry.opcode(), status);
        int code = status.code();
        if (code == Status.INVALID_NAMESPACE.code()) {
            return new Verdict.Missing(words);
        }
        if (code == Status.CAPACITY_EXCEEDED.code()) {
            return new Verdict.Refused(LinuxErrno.ENOSPC, words);
        }
        if (code == Status.RESERVATION_CONFLICT.code()) {
            return new Verdict.Refused(LinuxErrno.EBADE, words);
        }
        if (code == Status.WRITE_PROTECTED.code() || code == READ_ONLY_RANGE) {
            return new Verdict.Refused(LinuxErrno.EROFS, words);
        }
        if (code == Status.INVALID_OPCODE.code()) {
            return new Verdict.Refused(LinuxErrno.EOPNOTSUPP, words);
        }
        if (code == Status.ABORT_REQUESTED.code()) {
            return new Verdict.Later(words);
        }
        return status.isFinal() || status.type() == MEDIA
                ? new Verdict.Refused(LinuxErrno.EIO, words)
                : new Verdict.Later(words);
    }
}
