package io.stowage.array.nvme;

import io.stowage.nvme.fabrics.ConnectData;
import java.util.UUID;

/** Who connects, as it says. */
record Host(String nqn, UUID id) {
    static Host of(ConnectData data) {
        return new Host(data.host(), data.hostId());
    }

    boolean isCalled(String name) {
        return nqn.equalsIgnoreCase(name);
    }
}
