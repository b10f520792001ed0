package io.stowage.array.management;

import io.stowage.array.core.DataPortals;
import io.stowage.array.core.LogicalUnits;
import io.stowage.array.fault.Faults;
import io.stowage.array.fault.Surroundings;
import io.stowage.array.namespace.Subsystems;
import io.stowage.web.WebServer;
import io.stowage.web.tls.ServerCertificate;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The array as one vendor builds it: an estate of its own on the common store, its identity towards hosts, and its
 * management API. Several of them may share store and portals, and don't see each other's objects.
 */
public interface Personality {
    /** What it is called in {@code endpoints.json}, on the control socket, and in the name of its certificate. */
    String name();

    /** Its one IQN, for all portals. */
    String iqn();

    /** Its one NQN, for all portals; empty if each host has a subsystem of its own. */
    Optional<String> nqn();

    /** What it serves over NVMe. */
    Subsystems subsystems();

    /** What its data front ends serve. */
    LogicalUnits units();

    /** What drivers have to know to log in and begin, for {@code endpoints.json}. */
    Map<String, String> credentials();

    /** Does what time brings, although nobody looks. To be called about once a minute. */
    void doWhatIsDue();

    /** Has to be called each second for figures to be fine, and for hosts to hear when space runs out and to be kept within limits. */
    void measure();

    /**
     * How the management API is served.
     *
     * @param address port 0 takes a free one
     * @param latency added to each request
     */
    record Management(InetSocketAddress address, ServerCertificate certificate, Duration latency) {}

    /**
     * The management API while it is served.
     *
     * @param testing what testers find beside it
     */
    record Service(WebServer server, Surroundings testing) implements AutoCloseable {
        @Override
        public void close() {
            server.close();
        }
    }

    /**
     * Serves the management API until the service is closed.
     *
     * @param portals where {@link #units()} are served
     * @param faults what is to go wrong with requests
     * @throws IOException the address can't be bound
     */
    Service serve(Management management, DataPortals portals, Faults faults) throws IOException;
}
