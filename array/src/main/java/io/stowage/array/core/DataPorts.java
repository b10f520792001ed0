package io.stowage.array.core;

import java.io.IOException;
import java.net.InetSocketAddress;

/** The portals of a data front end, as management APIs see and rule them. May be used from any thread. */
public interface DataPorts extends Logins {
    /**
     * Lets hosts come through a portal, or asks those that are there to leave and lets nobody in; this takes seconds if
     * they stay. No effect if it is so already.
     *
     * @param portal as {@link Login#portal} has it
     * @throws IOException the address can't be listened on
     */
    void setInService(InetSocketAddress portal, boolean wanted) throws IOException;
}
