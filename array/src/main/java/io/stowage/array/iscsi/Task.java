package io.stowage.array.iscsi;

import io.stowage.array.core.LogicalUnit;
import io.stowage.array.fault.Fault;
import io.stowage.array.fault.ScsiOutcome;
import io.stowage.array.net.SlowLane;
import io.stowage.array.net.UnderWay;
import io.stowage.array.scsi.Plan;
import io.stowage.iscsi.pdu.ScsiCommand;
import java.time.Duration;
import java.util.Optional;

/**
 * A command that is under way. Its stage is guarded by the session's lock; the rest is the connection thread's
 * until the task is handed to the {@link SlowLane}.
 */
final class Task extends UnderWay {
    private final ScsiCommand command;
    private final Optional<LogicalUnit> unit;
    private final Plan plan;
    private final DataOutTransfer transfer;
    private final Optional<Fault<ScsiOutcome>> fault;
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

    @Override
    public int tag() {
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

    /** Whether a task management function or the end of the session has overtaken it: it gets no response. */
    boolean isAborted() {
        return aborted;
    }

    void abort() {
        aborted = true;
    }
}
