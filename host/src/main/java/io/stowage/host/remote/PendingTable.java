package io.stowage.host.remote;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The commands of one connection by their tags. A tag holds the slot in its low byte and a count above it, so that an
 * answer to an earlier command of the slot isn't taken for one to the present command.
 */
public class PendingTable<P extends Pending<?>> {
    private static final int SLOT_MASK = 0xFF;
    private static final int COUNT_SHIFT = 8;

    private final int countMask;

    // Guarded by this.
    private final List<@Nullable P> slots;
    private int free;
    private int count;
    private boolean closed;

    /**
     * An empty table.
     *
     * @param depth commands at a time, 1 to 256
     * @param countBits how many bits of a tag lie above its low byte
     */
    public PendingTable(int depth, int countBits) {
        this.slots = new ArrayList<>(Collections.nCopies(depth, null));
        this.free = depth;
        this.countMask = (1 << countBits) - 1;
    }

    /** Waits for a slot; false if the connection has ended. */
    public final synchronized boolean enter(P command) {
        while (free == 0 && !closed) {
            Interruptions.waitOn(this);
        }
        if (closed) {
            return false;
        }
        int slot = slots.indexOf(null);
        slots.set(slot, command);
        free--;
        count = count + 1 & countMask;
        command.tag(count << COUNT_SHIFT | slot);
        return true;
    }

    /** The command that has this tag now. */
    public final synchronized @Nullable P find(int tag) {
        int slot = tag & SLOT_MASK;
        P command = slot < slots.size() ? slots.get(slot) : null;
        return command != null && command.tag() == tag ? command : null;
    }

    /** Gives the command's slot away, if it still has it. */
    public final synchronized void leave(P command) {
        int slot = command.tag() & SLOT_MASK;
        if (slots.get(slot) == command) {
            slots.set(slot, null);
            free++;
            notifyAll();
        }
    }

    protected final synchronized boolean isClosed() {
        return closed;
    }

    /** Nobody enters or waits any more. */
    public final synchronized void close() {
        closed = true;
        notifyAll();
    }

    /** Tells the commands that are left that they are lost: only when nobody touches their buffers any more. */
    public final synchronized void loseAll() {
        for (int slot = 0; slot < slots.size(); slot++) {
            P command = slots.get(slot);
            if (command != null) {
                slots.set(slot, null);
                free++;
                command.lose();
            }
        }
        notifyAll();
    }

    /** Whether such a command was sent before this time (as of System.nanoTime) and is still unanswered. */
    public final synchronized boolean hasSentBefore(long time, Predicate<P> which) {
        for (P command : slots) {
            if (command != null && command.sentAt() - time < 0 && which.test(command)) {
                return true;
            }
        }
        return false;
    }
}
