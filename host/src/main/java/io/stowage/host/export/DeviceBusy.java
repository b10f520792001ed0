package io.stowage.host.export;

import java.io.IOException;

/** A device can't be taken away, as it is mounted or open. */
public final class DeviceBusy extends IOException {
    private static final long serialVersionUID = 1;

    public DeviceBusy(String message) {
        super(message);
    }
}
