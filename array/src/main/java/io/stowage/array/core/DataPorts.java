package io.stowage.array.core;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;

/** The portals of a data front end, as management APIs see and rule them. May be used from any thread. */
public interface DataPorts extends Logins {
    /** Those of an array that has a management API and serves no data. */
    DataPorts NONE = new DataPorts() {
        @Override
        public List<Login> now() {
            return List.of();
        }

        @Override
        public void setInService(InetSocketAddress portal, boolean wanted) {
            // there is nothing to switch
        }
    };

    /**
     * Lets hosts come through a portal, or asks those that are there to leave and lets nobody in; this takes seconds if
     * they stay. No effect if it is so already.
     *
     * @param portal as {@link Login#portal} has it
     * @throws IOException the address can't be listened on
     */
    void setInService(InetSocketAddress portal, boolean wanted) throws IOException;
}
