package io.stowage.host.iscsi;

import io.stowage.host.remote.Interruptions;
import io.stowage.host.remote.PendingTable;
import io.stowage.iscsi.pdu.SerialNumber;

/** The tasks of one connection, and the target's command window. Tags aren't negative. */
final class TaskTable extends PendingTable<Task> {
    private static final int COUNT_BITS = 22;

    private int maxCmdSn; // guarded by this

    TaskTable(int depth, int maxCmdSn) {
        super(depth, COUNT_BITS);
        this.maxCmdSn = maxCmdSn;
    }

    /** Whether a command with this number may be sent now. */
    synchronized boolean allows(int cmdSn) {
        return !SerialNumber.isBefore(maxCmdSn, cmdSn);
    }

    /** Waits until it may, or the connection has ended. */
    synchronized void awaitWindow(int cmdSn) {
        while (!allows(cmdSn) && !isClosed()) {
            Interruptions.waitOn(this);
        }
    }

    /** RFC 7143, section 4.2.2.1: a MaxCmdSN below ExpCmdSN-1 is ignored, and it never goes back. */
    synchronized void window(int expCmdSn, int newMaxCmdSn) {
        if (!SerialNumber.isBefore(newMaxCmdSn, expCmdSn - 1) && SerialNumber.isBefore(maxCmdSn, newMaxCmdSn)) {
            maxCmdSn = newMaxCmdSn;
            notifyAll();
        }
    }
}
