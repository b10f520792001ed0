package io.stowage.array.flasharray;

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
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A FlashArray on a thin store: first its identity and what its data front ends serve, then its management API. */
public final class FlashArray implements Personality {
    /** How it is called. */
    public static final String NAME = "flasharray";

    /** The name of its estate in the store; never changes. */
    private static final String ESTATE = "flasharray";

    private final Estate estate;
    private final Identity identity;
    private final ScheduledSnapshots scheduled;
    private final ApiVersion newest;

    /** @param newest the newest REST version that is told and served */
    FlashArray(Estate estate, ApiVersion newest) {
        this.estate = estate;
        this.identity = Identity.ensure(estate);
        this.scheduled = new ScheduledSnapshots(estate, identity);
        this.newest = newest;
    }

    /**
     * Opens the FlashArray that the store holds, or makes one.
     *
     * @param newest the newest REST version that is told and served
     */
    public static FlashArray open(DiskStore store, InstantSource time, ApiVersion newest) {
        return new FlashArray(Estate.open(ESTATE, store, time), newest);
    }

    /** What is wrong with the objects of the FlashArray in a store that isn't open; nothing if there are none yet. */
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

    @Override
    public Optional<String> nqn() {
        return Optional.of(identity.nqn());
    }

    @Override
    public Subsystems subsystems() {
        return new FlashSubsystem(estate, identity);
    }

    /** The token with which drivers log in; the same for as long as the array exists. */
    public String apiToken() {
        return identity.apiToken();
    }

    @Override
    public Map<String, String> credentials() {
        return Map.of("apiToken", apiToken());
    }

    @Override
    public LogicalUnits units() {
        return estate.units();
    }

    /**
     * Does what time brings, although nobody looks: eradicates destroyed objects whose time has come, and takes the
     * snapshots that schedules want.
     */
    @Override
    public void doWhatIsDue() {
        estate.eradicateExpired();
        scheduled.run();
    }

    /** What users of the management API can't do. */
    public Support support() {
        return new Support(estate);
    }

    @Override
    public void measure() {
        estate.measure();
        estate.lookAtRoom();
    }

    @Override
    public Service serve(Management management, DataPortals portals, Faults faults) throws IOException {
        return api(management, portals, faults).serve(management);
    }

    /** All but the network. */
    ManagementApi api(Management management, DataPortals portals, Faults faults) {
        var endpoints = new Endpoints(estate, identity, management, portals, scheduled);
        var sessions = new Sessions(estate.time());
        var behaviour = new Behaviour.Current(Behaviour.usual(Sessions.MOST, management.latency()));
        var calls = new CallCounts(NAME);
        var pageLimit = new PageLimit();
        var api = new Api(estate, identity, endpoints, scheduled::run, sessions, newest, pageLimit, behaviour);
        var knobs = new ArrayList<>(List.of(support().safeModeKnob(), pageLimit.knob()));
        knobs.addAll(BehaviourKnobs.of(behaviour, Sessions.MOST));
        return new ManagementApi(
                new Gate(api, Api.LONGEST_BODY, faults.rest(NAME), behaviour, calls),
                new Testing(NAME, estate, new Volumes(estate)::named, api.paths(), sessions::endAll, calls, knobs));
    }
}
