package io.stowage.array.flasharray;

import io.stowage.array.core.DataPorts;
import io.stowage.array.core.Estate;
import io.stowage.array.core.EstateCheck;
import io.stowage.array.core.LogicalUnits;
import io.stowage.array.fault.CallCounts;
import io.stowage.array.fault.Faults;
import io.stowage.array.fault.Surroundings;
import io.stowage.array.management.Behaviour;
import io.stowage.array.management.Gate;
import io.stowage.array.store.DiskStore;
import io.stowage.array.store.Finding;
import io.stowage.array.store.StoreReport;
import io.stowage.web.Handler;
import io.stowage.web.Listener;
import io.stowage.web.WebServer;
import io.stowage.web.tls.ServerCertificate;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** A FlashArray on a thin store: first its identity and what its data front ends serve, then its management API. */
public final class FlashArray {
    /** The name of its estate in the store; never changes. */
    private static final String ESTATE = "flasharray";

    private final Estate estate;
    private final Identity identity;
    private final ScheduledSnapshots scheduled;

    FlashArray(Estate estate) {
        this.estate = estate;
        this.identity = Identity.ensure(estate);
        this.scheduled = new ScheduledSnapshots(estate, identity);
    }

    /** Opens the FlashArray that the store holds, or makes one. */
    public static FlashArray open(DiskStore store, InstantSource time) {
        return new FlashArray(Estate.open(ESTATE, store, time));
    }

    /** What is wrong with the objects of the FlashArray in a store that isn't open; nothing if there are none yet. */
    public static List<Finding> check(StoreReport store) {
        var objects = EstateCheck.of(ESTATE, store);
        var findings = new ArrayList<>(objects.findings());
        if (!store.records().isEmpty()) {
            findings.addAll(Identity.check(objects));
        }
        return findings;
    }

    /** Its one IQN, for all portals. */
    public String iqn() {
        return identity.iqn();
    }

    /** The token with which drivers log in; the same for as long as the array exists. */
    public String apiToken() {
        return identity.apiToken();
    }

    /** What its data front ends serve. */
    public LogicalUnits units() {
        return estate.units();
    }

    /**
     * Does what time brings, although nobody looks: eradicates destroyed objects whose time has come, and takes the
     * snapshots that schedules want. To be called about once a minute.
     */
    public void doWhatIsDue() {
        estate.eradicateExpired();
        scheduled.run();
    }

    /** What users of the management API can't do. */
    public Support support() {
        return new Support(estate);
    }

    /** Has to be called each second for performance figures to be fine, and for hosts to hear when space runs out. */
    public void measure() {
        estate.measure();
        estate.lookAtRoom();
    }

    /**
     * How the management API is served.
     *
     * @param newest the newest REST version that is told and served
     * @param latency added to each request
     */
    public record Management(
            InetSocketAddress address, ServerCertificate certificate, ApiVersion newest, Duration latency) {}

    /**
     * The management API while it is served.
     *
     * @param testing what testers find beside it
     */
    public record Service(WebServer server, Surroundings testing) implements AutoCloseable {
        @Override
        public void close() {
            server.close();
        }
    }

    /**
     * Serves the management API until the server is closed.
     *
     * @param iscsi the portals that serve {@link #units()}
     * @param ports the same, to be asked and ruled
     * @param faults what is to go wrong with requests
     * @throws IOException the address can't be bound
     */
    public Service serve(Management management, List<InetSocketAddress> iscsi, DataPorts ports, Faults faults)
            throws IOException {
        var parts = parts(management, iscsi, ports, faults);
        var listener =
                new Listener.Https(management.address(), management.certificate(), Listener.TlsPolicy.SERVER_ONLY);
        return new Service(WebServer.start(ESTATE, parts.api(), List.of(listener)), parts.testing());
    }

    /** What answers requests, and what testers find beside it. */
    record Parts(Handler api, Surroundings testing) {}

    /** All but the network. */
    Parts parts(Management management, List<InetSocketAddress> iscsi, DataPorts ports, Faults faults) {
        var endpoints = new Endpoints(estate, identity, management, iscsi, ports, scheduled);
        var sessions = new Sessions(estate.time());
        var behaviour = new Behaviour.Current(Behaviour.usual(Sessions.MOST, management.latency()));
        var calls = new CallCounts(ESTATE);
        var pageLimit = new PageLimit();
        var api = new Api(
                estate, identity, endpoints, scheduled::run, sessions, management.newest(), pageLimit, behaviour);
        return new Parts(
                new Gate(api, Api.LONGEST_BODY, faults.rest(), behaviour, calls),
                new Testing(estate, endpoints, sessions, calls, pageLimit, behaviour));
    }
}
