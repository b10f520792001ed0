package io.stowage.array.nvme;

import io.stowage.array.core.LogicalUnit;
import io.stowage.array.core.Meter;
import io.stowage.array.namespace.AsyncEvent;
import io.stowage.array.namespace.FailedCommand;
import io.stowage.array.namespace.FusedPlan;
import io.stowage.array.namespace.Plan;
import io.stowage.nvme.command.SubmissionEntry;
import java.util.Optional;

/** What the controllers of a subsystem do for their hosts, as far as it is not the same for all. */
interface Service {
    /** What to do for a command of the admin queue that the transport doesn't answer itself. */
    Plan admin(SubmissionEntry entry);

    /** What to do for a command of an I/O queue. */
    Plan io(SubmissionEntry entry);

    /** What to do for two commands of an I/O queue that are fused. */
    FusedPlan fused(SubmissionEntry first, SubmissionEntry second);

    /**
     * Notes a command that ended badly for the error log.
     *
     * @param queue its submission queue, 0 for admin commands
     */
    void failed(int queue, FailedCommand command);

    /** The unit behind a namespace identifier, as the host sees it. */
    Optional<LogicalUnit> unit(int namespace);

    /** Takes the next event for an outstanding Asynchronous Event Request. */
    Optional<AsyncEvent> nextEvent();

    /** Makes durable what was written to anything that the host may use, as far as that is possible. */
    void flush();

    /** What its host has to know, as of now; nothing if it needn't prove who it is. */
    Optional<Authentication.Keys> keys();

    /** Whether there are I/O queues. */
    boolean hasQueues();

    /** Where reads and writes are counted. */
    Meter meter();

    /** The same from its beginning, after a reset of the controller. */
    Service renewed();

    /** The controller has gone. */
    void close();
}
