package io.stowage.array.nvme;

import io.stowage.array.core.LogicalUnit;
import io.stowage.array.fault.Fault;
import io.stowage.array.fault.NvmeCall;
import io.stowage.array.fault.NvmeOutcome;
import io.stowage.array.fault.Switchboard;
import io.stowage.array.net.Portal;
import io.stowage.nvme.command.SubmissionEntry;
import java.util.Optional;

/** Asks the fault switches about the commands of one queue. */
final class CommandFaults {
    private final Switchboard<NvmeCall, NvmeOutcome> switches;
    private final Controller controller;
    private final boolean admin;

    CommandFaults(Switchboard<NvmeCall, NvmeOutcome> switches, Controller controller, boolean admin) {
        this.switches = switches;
        this.controller = controller;
        this.admin = admin;
    }

    /** What is to go wrong with this command. */
    Optional<Fault<NvmeOutcome>> of(SubmissionEntry entry) {
        if (switches.isIdle()) {
            return Optional.empty();
        }
        return switches.take(new NvmeCall(
                admin,
                entry.opcode(),
                Integer.toUnsignedLong(entry.namespace()),
                controller
                        .service()
                        .unit(entry.namespace())
                        .map(LogicalUnit::identity)
                        .map(one -> one.serial()),
                controller.host().nqn(),
                Portal.text(controller.portal().address())));
    }
}
