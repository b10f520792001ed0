package io.stowage.array.management;

import io.stowage.array.core.DataPorts;
import io.stowage.array.core.LogicalUnits;
import io.stowage.array.fault.Faults;
import io.stowage.array.fault.Surroundings;
import io.stowage.web.WebServer;
import io.stowage.web.tls.ServerCertificate;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The array as one vendor builds it: an estate of its own on the common store, its identity towards hosts, and its
 * management API. Several of them may share store and portals, and don't see each other's objects.
 */
public interface Personality {
    /** What it is called in {@code endpoints.json}, on the control socket, and in the name of its certificate. */
    String name();

    /** Its one IQN, for all portals. */
    String iqn();

    /** What its data front ends serve. */
    LogicalUnits units();

    /** What drivers have to know to log in and begin, for {@code endpoints.json}. */
    Map<String, String> credentials();

    /** Does what time brings, although nobody looks. To be called about once a minute. */
    void doWhatIsDue();

    /** Has to be called each second for figures to be fine, and for hosts to hear when space runs out. */
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
     * @param iscsi the portals that serve {@link #units()}
     * @param ports the same, to be asked and ruled
     * @param faults what is to go wrong with requests
     * @throws IOException the address can't be bound
     */
    Service serve(Management management, List<InetSocketAddress> iscsi, DataPorts ports, Faults faults)
            throws IOException;
}
