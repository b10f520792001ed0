package io.stowage.host.filesystem;

import java.io.IOException;

/** A file system can't be unmounted, as files on it are open. */
public final class MountBusy extends IOException {
    private static final long serialVersionUID = 1;

    public MountBusy(String message) {
        super(message);
    }
}
