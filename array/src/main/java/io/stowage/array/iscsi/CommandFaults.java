package io.stowage.array.iscsi;

import io.stowage.array.core.LogicalUnit;
import io.stowage.array.fault.Fault;
import io.stowage.array.fault.ScsiCall;
import io.stowage.array.fault.ScsiOutcome;
import io.stowage.array.fault.Switchboard;
import io.stowage.array.net.Portal;
import io.stowage.iscsi.pdu.ScsiCommand;
import io.stowage.iscsi.scsi.Lun;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Supplier;

/** Asks the fault switches about the commands of one session. */
final class CommandFaults {
    private static final int SERVICE_ACTION = 0x1F;

    private final Switchboard<ScsiCall, ScsiOutcome> switches;
    private final String initiator;
    private final String portal;

    CommandFaults(Switchboard<ScsiCall, ScsiOutcome> switches, String initiator, InetSocketAddress portal) {
        this.switches = switches;
        this.initiator = initiator;
        this.portal = Portal.text(portal);
    }

    /** What is to go wrong with this command. */
    Optional<Fault<ScsiOutcome>> of(ScsiCommand command, Supplier<Optional<LogicalUnit>> unit) {
        if (switches.isIdle()) {
            return Optional.empty();
        }
        return switches.take(new ScsiCall(
                command.cdb().get(0) & 0xFF,
                command.cdb().get(1) & SERVICE_ACTION,
                Lun.decode(command.lun()).orElse(-1),
                unit.get().map(there -> there.identity().serial()),
                initiator,
                portal));
    }
}
