package io.stowage.array.namespace;

import io.stowage.array.core.LogicalUnit;
import io.stowage.nvme.command.Status;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * What a command needs from the transport to be carried out. Lengths are in bytes, and have been compared with that of
 * the command's SGL descriptor.
 */
public sealed interface Plan {

    /** Ends with this status; nothing was done. */
    record Refuse(Status status) implements Plan {}

    /** Success without data. */
    Plan DONE = new Send(0, ByteBuffer.allocate(0));

    /**
     * Success, with these bytes for the host.
     *
     * @param result dwords 0 and 1 of the completion
     */
    record Send(long result, ByteBuffer data) implements Plan {}

    /**
     * Success, with this range of the unit for the host. If reading fails, {@link NamespaceServer#statusOf} says how the
     * command ends.
     *
     * @param length at most {@link Limits#maxTransferBytes}
     */
    record Read(LogicalUnit unit, long offset, int length) implements Plan {}

    /**
     * The action decides, once {@code length} bytes have come from the host: all that the SGL descriptor announces.
     *
     * @param unit whose data the action touches: what preempting a reservation aborts
     * @param written bytes to be counted as written to the unit if it ends well
     * @param length bytes that come from the host; 0 for none
     */
    record Run(Optional<LogicalUnit> unit, int written, int length, Pace pace, Action action) implements Plan {}

    /** How long an action may take. */
    enum Pace {
        /** As long as a copy to the page cache: may run on a connection's own thread. */
        QUICK,
        /** As long as a disk needs: must not keep a connection from answering. */
        SLOW
    }

    /** The work of a command. */
    interface Action {
        /**
         * Carries the command out, if it still may be: a reservation may have been made, or the unit disconnected, since
         * it was planned. Never throws for what the host or the store does.
         *
         * @param data as many bytes as the plan asked for, position 0
         */
        Ending run(ByteBuffer data);
    }
}
