package io.stowage.array.wsapi;

import io.stowage.array.core.DataPortals;
import io.stowage.array.core.Estate;
import io.stowage.array.core.EstateCheck;
import io.stowage.array.core.LogicalUnits;
import io.stowage.array.fault.CallCounts;
import io.stowage.array.fault.Faults;
import io.stowage.array.management.Behaviour;
import io.stowage.array.management.BehaviourKnobs;
import io.stowage.array.management.Gate;
import io.stowage.array.management.ManagementApi;
import io.stowage.array.management.Personality;
import io.stowage.array.management.Testing;
import io.stowage.array.namespace.Subsystems;
import io.stowage.array.store.DiskStore;
import io.stowage.array.store.StoreReport;
import io.stowage.array.wsapi.cpg.CpgLimits;
import io.stowage.array.wsapi.cpg.Cpgs;
import io.stowage.array.wsapi.port.Ports;
import io.stowage.array.wsapi.rest.Api;
import io.stowage.array.wsapi.rest.ApiVersion;
import io.stowage.array.wsapi.rest.Sessions;
import io.stowage.array.wsapi.system.Identity;
import io.stowage.array.wsapi.vlun.SetVluns;
import io.stowage.array.wsapi.volume.Volumes;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An Alletra on a thin store: first its identity and what its data front ends serve, then its management API. */
public final class Alletra implements Personality {
    /** How it is called. */
    public static final String NAME = "alletra";

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
        this.data = new DataResources(estate, identity, new SetVluns());
    }

    /** Opens the Alletra that the store holds, or makes one. */
    public static Alletra open(DiskStore store, InstantSource time) {
        return new Alletra(Estate.open(ESTATE, store, time));
    }

    /** What is wrong with the objects of the Alletra in a store that isn't open; nothing if there are none yet. */
    public static EstateCheck check(StoreReport store) {
        return EstateCheck.of(ESTATE, store, Identity::check);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String iqn() {
        return identity.iqn();
    }

    /** None: the subsystem belongs to the host object. */
    @Override
    public Optional<String> nqn() {
        return Optional.empty();
    }

    @Override
    public Subsystems subsystems() {
        return new HostSubsystems(estate, identity);
    }

    @Override
    public Map<String, String> credentials() {
        var account = identity.account();
        var browser = identity.browser();
        return Map.of(
                "user",
                account.user(),
                "password",
                account.password(),
                "browseUser",
                browser.user(),
                "browsePassword",
                browser.password(),
                "cpg",
                Cpgs.DEFAULT);
    }

    @Override
    public LogicalUnits units() {
        return estate.units();
    }

    @Override
    public void doWhatIsDue() {
        estate.eradicateExpired();
        data.doWhatIsDue();
    }

    @Override
    public void measure() {
        estate.lookAtRoom();
        CpgLimits.look(estate);
    }

    @Override
    public Service serve(Management management, DataPortals portals, Faults faults) throws IOException {
        var ports = new Ports(portals.iscsi(), portals.nvme(), List.of(portals.ports()));
        return api(management.address(), management.latency(), ports, faults).serve(management);
    }

    /** All but the network. */
    ManagementApi api(InetSocketAddress management, Duration latency, Ports ports, Faults faults) {
        var behaviour = new Behaviour.Current(Behaviour.usual(MOST_SESSIONS, latency));
        var sessions = new Sessions(estate.time(), behaviour);
        var calls = new CallCounts(NAME);
        var table = Endpoints.table(new Parts(estate, identity, management, ports, sessions, data));
        var api = new Api(table, sessions, List.of(identity.account(), identity.browser()), ApiVersion.USUAL);
        var knobs = new ArrayList<>(BehaviourKnobs.of(behaviour, MOST_SESSIONS));
        knobs.add(data.taskDuration());
        return new ManagementApi(
                new Gate(api, Api.LONGEST_BODY, faults.rest(NAME), behaviour, calls),
                new Testing(NAME, estate, Volumes::find, api.paths(), sessions::endAll, calls, knobs));
    }
}
