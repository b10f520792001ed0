package io.stowage.host.remote;

import io.stowage.host.connector.RemoteTarget;
import java.io.IOException;

/** A protocol, as it reaches any target. */
public interface Dialers {
    /** @throws IOException what is remembered of the target can't be read */
    Dialer to(RemoteTarget target) throws IOException;
}
