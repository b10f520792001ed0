package io.stowage.host.connector;

import io.stowage.model.Portal;
import java.util.List;

/**
 * Where units are served.
 *
 * @param qualifiedName the target's IQN or the subsystem's NQN
 * @param portals at least one, in order of preference
 */
public record RemoteTarget(String qualifiedName, List<Portal> portals) {
    public RemoteTarget {
        portals = List.copyOf(portals);
        if (portals.isEmpty()) {
            throw new IllegalArgumentException("Target " + qualifiedName + " has no portal: at least one is needed");
        }
    }
}
