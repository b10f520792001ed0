package io.stowage.array.core;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;

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

    /** The portals of several front ends together. */
    static DataPorts of(Map<List<InetSocketAddress>, DataPorts> parts) {
        return new DataPorts() {
            @Override
            public List<Login> now() {
                return parts.values().stream()
                        .flatMap(part -> part.now().stream())
                        .toList();
            }

            @Override
            public void takeOutOfService(InetSocketAddress portal) {
                find(portal).takeOutOfService(portal);
            }

            @Override
            public void putIntoService(InetSocketAddress portal) throws IOException {
                find(portal).putIntoService(portal);
            }

            private DataPorts find(InetSocketAddress portal) {
                return parts.entrySet().stream()
                        .filter(part -> part.getKey().contains(portal))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("no portal " + portal))
                        .getValue();
            }
        };
    }

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
