package io.stowage.host.rsync;

import io.stowage.system.CommandFailed;

/** rsync ended badly, or its peer did. */
public final class RsyncFailed extends CommandFailed {
    private static final long serialVersionUID = 1;

    RsyncFailed(String message) {
        super(message);
    }
}
