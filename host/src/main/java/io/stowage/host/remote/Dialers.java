package io.stowage.host.remote;

import io.stowage.host.connector.RemoteTarget;
import io.stowage.model.Portal;
import java.io.IOException;
import java.util.List;

/** A protocol, as it reaches any target. */
public interface Dialers {
    /** @throws IOException what is remembered of the target can't be read */
    Dialer to(RemoteTarget target) throws IOException;

    /** Targets that portals list to us, as the first one tells that lists any; none where portals aren't asked. */
    default List<String> listed(List<Portal> portals) {
        return List.of();
    }
}
