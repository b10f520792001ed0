package io.stowage.host.iscsi;

import io.stowage.host.remote.Interruptions;
import io.stowage.iscsi.pdu.SerialNumber;
import org.jspecify.annotations.Nullable;

/**
 * The tasks of one connection by their tags, and the target's command window. A tag holds the slot in its low byte and
 * a count above it, so that an answer to an earlier task of the slot isn't taken for one to the present task.
 */
final class TaskTable {
    private static final int SLOT_MASK = 0xFF;
    private static final int COUNT_SHIFT = 8;
    private static final int COUNT_MASK = 0x3F_FFFF;

    // Guarded by this.
    private final @Nullable Task[] slots;
    private int free;
    private int count;
    private int maxCmdSn;
    private boolean closed;

    TaskTable(int depth, int maxCmdSn) {
        this.slots = new Task[depth];
        this.free = depth;
        this.maxCmdSn = maxCmdSn;
    }

    /** Waits for a slot; false if the connection has ended. */
    synchronized boolean enter(Task task) {
        while (free == 0 && !closed) {
            Interruptions.waitOn(this);
        }
        if (closed) {
            return false;
        }
        int slot = 0;
        while (slots[slot] != null) {
            slot++;
        }
        slots[slot] = task;
        free--;
        count = count + 1 & COUNT_MASK;
        task.tag = count << COUNT_SHIFT | slot;
        return true;
    }

    /** The task that has this tag now. */
    synchronized @Nullable Task find(int tag) {
        int slot = tag & SLOT_MASK;
        Task task = slot < slots.length ? slots[slot] : null;
        return task != null && task.tag == tag ? task : null;
    }

    synchronized void leave(Task task) {
        int slot = task.tag & SLOT_MASK;
        if (slots[slot] == task) {
            slots[slot] = null;
            free++;
            notifyAll();
        }
    }

    /** Whether a command with this number may be sent now. */
    synchronized boolean allows(int cmdSn) {
        return !SerialNumber.isBefore(maxCmdSn, cmdSn);
    }

    /** Waits until it may, or the connection has ended. */
    synchronized void awaitWindow(int cmdSn) {
        while (!allows(cmdSn) && !closed) {
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

    /** Nobody enters or waits any more. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }

    /** Tells the tasks that are left that they are lost: only when nobody touches their buffers any more. */
    synchronized void loseAll() {
        for (int slot = 0; slot < slots.length; slot++) {
            Task task = slots[slot];
            if (task != null) {
                slots[slot] = null;
                free++;
                task.lost();
            }
        }
        notifyAll();
    }

    /** Whether a task was sent before this time (as of System.nanoTime) and is still unanswered. */
    synchronized boolean hasSentBefore(long time) {
        for (Task task : slots) {
            if (task != null && task.sentAt - time < 0) {
                return true;
            }
        }
        return false;
    }
}
