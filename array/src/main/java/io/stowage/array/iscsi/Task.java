package io.stowage.array.iscsi;

import io.stowage.array.core.LogicalUnit;
import io.stowage.array.scsi.Plan;
import io.stowage.iscsi.pdu.ScsiCommand;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A command that is under way. Its state is guarded by the session's lock; the rest is the connection thread's
 * until the task is handed to the {@link SlowLane}.
 */
final class Task {
    /** Where a task stands. It only goes downwards. */
    enum State {
        /** Data is still to come from the initiator. */
        COLLECTING,
        /** In the slow lane, not begun. */
        QUEUED,
        /** May touch the unit at this moment. */
        RUNNING,
        /** Can't touch the unit any more. */
        ENDED
    }

    private final ScsiCommand command;
    private final Optional<LogicalUnit> unit;
    private final Plan plan;
    private final DataOutTransfer transfer;
    private @Nullable ByteBuffer buffer;
    private State state = State.COLLECTING;
    private boolean aborted;

    Task(ScsiCommand command, Optional<LogicalUnit> unit, Plan plan, DataOutTransfer transfer) {
        this.command = command;
        this.unit = unit;
        this.plan = plan;
        this.transfer = transfer;
    }

    ScsiCommand command() {
        return command;
    }

    int tag() {
        return command.taskTag();
    }

    Optional<LogicalUnit> unit() {
        return unit;
    }

    Plan plan() {
        return plan;
    }

    DataOutTransfer transfer() {
        return transfer;
    }

    /** Where the data goes; nothing if none of it is wanted. */
    Optional<ByteBuffer> buffer() {
        return Optional.ofNullable(buffer);
    }

    void useBuffer(ByteBuffer buffer) {
        this.buffer = buffer;
    }

    /** Gives the buffer back to the pool, once. */
    void releaseBuffer(BufferPool pool) {
        if (buffer != null) {
            pool.release(buffer);
            buffer = null;
        }
    }

    State state() {
        return state;
    }

    void enter(State next) {
        state = next;
    }

    /** Whether a task management function or the end of the session has overtaken it: it gets no response. */
    boolean isAborted() {
        return aborted;
    }

    void abort() {
        aborted = true;
    }
}
