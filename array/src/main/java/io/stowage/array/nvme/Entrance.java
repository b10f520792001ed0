package io.stowage.array.nvme;

import io.stowage.array.net.Portal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * A data address with its portals: one for all subsystems, and one for the discovery subsystem alone, where clients look
 * for it; and how namespaces are reached through them.
 */
record Entrance(Portal all, Portal discovery, PortalPath path) {
    /** Listens on both; nothing is left behind if one can't be. */
    static Entrance open(InetAddress address, int port, int discoveryPort, int number) throws IOException {
        Portal all = Portal.open("nvme", new InetSocketAddress(address, port), number);
        try {
            Portal discovery = port == discoveryPort && port != 0
                    ? all
                    : Portal.open("nvme-discovery", new InetSocketAddress(address, discoveryPort), number);
            return new Entrance(all, discovery, new PortalPath(number));
        } catch (IOException e) {
            all.close();
            throw e;
        }
    }

    boolean isInService() {
        return all.isInService();
    }

    boolean has(Portal portal) {
        return portal == all || portal == discovery;
    }

    void accept(Portal.Doorkeeper doorkeeper) {
        all.accept(doorkeeper);
        if (discovery != all) {
            discovery.accept(doorkeeper);
        }
    }

    void reopen(Portal.Doorkeeper doorkeeper) throws IOException {
        all.reopen(doorkeeper);
        discovery.reopen(doorkeeper);
    }

    void close() {
        all.close();
        discovery.close();
    }
}
