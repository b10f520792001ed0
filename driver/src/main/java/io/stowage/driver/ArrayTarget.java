package io.stowage.driver;

import io.stowage.model.Portal;
import io.stowage.model.Protocol;
import java.util.List;
import java.util.Optional;

/**
 * Where an array serves data.
 *
 * @param qualifiedName the target's IQN or the subsystem's NQN; empty if there is one for each host, see {@link
 *     Mapping#target}
 * @param portals at least one
 */
public record ArrayTarget(Protocol protocol, Optional<String> qualifiedName, List<Portal> portals) {
    public ArrayTarget {
        portals = List.copyOf(portals);
    }

    /** The port on which it serves an address; the protocol's own where it doesn't know the address. */
    public int portOf(String address) {
        return portals.stream()
                .filter(portal -> portal.address().equals(address))
                .findFirst()
                .map(Portal::port)
                .orElse(protocol.defaultPort());
    }
}
