package io.stowage.driver;

import io.stowage.model.Portal;
import io.stowage.model.Protocol;
import java.util.List;

/**
 * Where an array serves data.
 *
 * @param qualifiedName the target's IQN or the subsystem's NQN
 * @param portals at least one
 */
public record ArrayTarget(Protocol protocol, String qualifiedName, List<Portal> portals) {
    public ArrayTarget {
        portals = List.copyOf(portals);
    }
}
