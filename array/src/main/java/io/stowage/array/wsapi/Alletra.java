package io.stowage.array.wsapi;

import io.stowage.array.core.DataPorts;
import io.stowage.array.core.Estate;
import io.stowage.array.core.LogicalUnits;
import io.stowage.array.fault.CallCounts;
import io.stowage.array.fault.Faults;
import io.stowage.array.fault.Knob;
import io.stowage.array.fault.Surroundings;
import io.stowage.array.management.Behaviour;
import io.stowage.array.management.BehaviourKnobs;
import io.stowage.array.management.Gate;
import io.stowage.array.store.DiskStore;
import io.stowage.array.wsapi.cpg.Cpgs;
import io.stowage.array.wsapi.rest.Account;
import io.stowage.array.wsapi.rest.Api;
import io.stowage.array.wsapi.rest.ApiVersion;
import io.stowage.array.wsapi.rest.Sessions;
import io.stowage.array.wsapi.system.Identity;
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

/** An Alletra on a thin store: first its identity and what its data front ends serve, then its management API. */
public final class Alletra {
    /** How it is called in {@code endpoints.json} and on the control socket. */
    static final String NAME = "alletra";

    /** The name of its estate in the store; never changes. */
    private static final String ESTATE = "wsapi";

    /** As the largest systems have (section 2). */
    private static final int MOST_SESSIONS = 672;

    private final Estate estate;
    private final Identity identity;
    private final DataResources data;

    Alletra(Estate estate) {
        this.estate = estate;
        this.identity = Identity.ensure(estate);
        Cpgs.ensure(estate);
        this.data = new DataResources(estate, identity, (_, _) -> false);
    }

    /** Opens the Alletra that the store holds, or makes one. */
    public static Alletra open(DiskStore store, InstantSource time) {
        return new Alletra(Estate.open(ESTATE, store, time));
    }

    /** Its one IQN, for all portals. */
    public String iqn() {
        return identity.iqn();
    }

    /** With which drivers log in; the same for as long as the array exists. */
    public Account account() {
        return identity.account();
    }

    /** What its data front ends serve. */
    public LogicalUnits units() {
        return estate.units();
    }

    /** Does what time brings, although nobody looks. To be called about once a minute. */
    public void doWhatIsDue() {
        estate.eradicateExpired();
        data.doWhatIsDue();
    }

    /** Has to be called each second for hosts to hear when space runs out. */
    public void measure() {
        estate.lookAtRoom();
    }

    /**
     * How the management API is served.
     *
     * @param latency added to each request
     */
    public record Management(InetSocketAddress address, ServerCertificate certificate, Duration latency) {}

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
     * @param ports the same, to be asked
     * @param faults what is to go wrong with requests
     * @throws IOException the address can't be bound
     */
    public Service serve(Management management, List<InetSocketAddress> iscsi, DataPorts ports, Faults faults)
            throws IOException {
        var served = served(management.latency(), new Parts(estate, identity, iscsi, ports, data), faults);
        var listener =
                new Listener.Https(management.address(), management.certificate(), Listener.TlsPolicy.SERVER_ONLY);
        return new Service(WebServer.start(NAME, served.api(), List.of(listener)), served.testing());
    }

    /** What answers requests, and what testers find beside it. */
    record Served(Handler api, Surroundings testing) {}

    /** All but the network. */
    Served served(Duration latency, Parts parts, Faults faults) {
        var behaviour = new Behaviour.Current(Behaviour.usual(MOST_SESSIONS, latency));
        var sessions = new Sessions(estate.time(), behaviour);
        var calls = new CallCounts(NAME);
        var table = Endpoints.table(parts);
        var api = new Api(table, sessions, identity.account(), ApiVersion.USUAL);
        return new Served(
                new Gate(api, Api.LONGEST_BODY, faults.rest(), behaviour, calls),
                new Testing(estate, table, sessions, calls, knobs(behaviour)));
    }

    private List<Knob> knobs(Behaviour.Current behaviour) {
        var knobs = new ArrayList<>(BehaviourKnobs.of(behaviour, MOST_SESSIONS));
        knobs.add(data.taskDuration());
        return knobs;
    }
}
