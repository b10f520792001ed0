package io.stowage.array.wsapi;

import io.stowage.array.core.DataPorts;
import io.stowage.array.core.Estate;
import io.stowage.array.wsapi.system.Identity;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * What resources are made of.
 *
 * @param portals where hosts come in by iSCSI
 * @param ports the same, to be asked
 * @param data volumes and what belongs to them
 */
record Parts(Estate estate, Identity identity, List<InetSocketAddress> portals, DataPorts ports, DataResources data) {
    Parts {
        portals = List.copyOf(portals);
    }
}
