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
        public void takeOutOfService(InetSocketAddress portal) {
            // there is none
        }

        @Override
        public void putIntoService(InetSocketAddress portal) {
            // there is none
        }
    };

    /**
     * Asks hosts to leave a portal and lets nobody in any more; this takes seconds if they stay. No effect if it is out of
     * service already.
     *
     * @param portal as {@link Login#portal} has it
     */
    void takeOutOfService(InetSocketAddress portal);

    /**
     * Lets hosts come through a portal. No effect if it is in service already.
     *
     * @param portal as {@link Login#portal} has it
     * @throws IOException the address can't be listened on
     */
    void putIntoService(InetSocketAddress portal) throws IOException;
}
