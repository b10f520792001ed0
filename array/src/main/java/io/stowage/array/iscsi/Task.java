package io.stowage.array.iscsi;

import io.stowage.array.core.LogicalUnit;
import io.stowage.array.fault.Fault;
import io.stowage.array.fault.ScsiOutcome;
import io.stowage.array.net.BufferPool;
import io.stowage.array.net.SlowLane;
import io.stowage.array.scsi.Plan;
import io.stowage.iscsi.pdu.ScsiCommand;
import java.nio.ByteBuffer;
import java.time.Duration;
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
        /** Waits for its time or in the slow lane, not begun. */
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
    private final Optional<Fault<ScsiOutcome>> fault;
    private @Nullable ByteBuffer buffer;
    private State state = State.COLLECTING;
    private boolean aborted;

    /** @param fault what a tester wants to go wrong with it */
    Task(
            ScsiCommand command,
            Optional<LogicalUnit> unit,
            Plan plan,
            DataOutTransfer transfer,
            Optional<Fault<ScsiOutcome>> fault) {
        this.command = command;
        this.unit = unit;
        this.plan = plan;
        this.transfer = transfer;
        this.fault = fault;
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

    Optional<Fault<ScsiOutcome>> fault() {
        return fault;
    }

    /** How long it waits before it is carried out. */
    Duration delay() {
        return fault.map(Fault::delay).orElse(Duration.ZERO);
    }

    /** Whether the connection is closed in place of a response. */
    boolean isDropped() {
        return fault.map(Fault::outcome)
                .filter(outcome ->
                        outcome instanceof ScsiOutcome.DropBefore || outcome instanceof ScsiOutcome.DropAfter)
                .isPresent();
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
