package io.stowage.host.remote;

import io.stowage.array.core.LogicalUnits;
import io.stowage.array.fault.Faults;
import io.stowage.array.namespace.Subsystem;
import io.stowage.array.namespace.Subsystems;
import io.stowage.array.nvme.NvmeTarget;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** One subsystem for every host. */
public record OneSubsystem(String nqn, LogicalUnits units) implements Subsystems {

    /** A target that serves it at so many ports of the loopback address. */
    public static NvmeTarget serve(String nqn, LogicalUnits units, int portals) throws IOException {
        List<InetAddress> addresses = Collections.nCopies(portals, InetAddress.getLoopbackAddress());
        return NvmeTarget.start(
                List.of(new OneSubsystem(nqn, units)), new NvmeTarget.Doors(addresses, 0, 0), new Faults());
    }

    private Subsystem subsystem() {
        return new Subsystem(nqn, "SERIAL", "Pure Storage FlashArray", "6.9.0", 0x24A937, units);
    }

    @Override
    public boolean exists(String subsystem) {
        return nqn.equals(subsystem);
    }

    @Override
    public Optional<Subsystem> find(String subsystem, String host) {
        return exists(subsystem) ? Optional.of(subsystem()) : Optional.empty();
    }

    @Override
    public List<Subsystem> listedTo(String host) {
        return List.of(subsystem());
    }
}
