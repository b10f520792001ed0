package io.stowage.array.flasharray;

import io.stowage.array.core.DataPorts;
import java.net.InetSocketAddress;
import java.util.List;

/** Where nobody is served. */
record NoPorts() implements DataPorts {
    @Override
    public List<Login> now() {
        return List.of();
    }

    @Override
    public void setInService(InetSocketAddress portal, boolean wanted) {
        // there is nothing to switch
    }
}
