package io.stowage.array.wsapi.volume;

import io.stowage.array.core.Estate;
import io.stowage.array.wsapi.rest.Answer;
import io.stowage.array.wsapi.rest.Call;
import io.stowage.array.wsapi.rest.Endpoint;
import io.stowage.array.wsapi.rest.Problem;
import io.stowage.array.wsapi.system.Identity;
import io.stowage.array.wsapi.task.Effect;
import io.stowage.array.wsapi.task.TaskKind;
import io.stowage.array.wsapi.task.Tasks;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The rows of {@code /volumes}: whom each call, and each action within one, is for. */
public final class VolumeEndpoints {
    private static final int SEVERAL_SNAPSHOTS = 8;
    private static final int HIGHEST_ACTION = 8;

    private final VolumeCalls volumes;
    private final SnapshotCalls snapshots;
    private final PhysicalCopies copies;
    private final Promotion promotion;
    private final Tuning tuning;
    private final SpaceDistribution distribution;
    private final Expiry expiry;
    private final KeyValues keyValues;

    public VolumeEndpoints(Estate estate, Identity identity, Tasks tasks, SnapshotCalls.Grouping sets) {
        this.expiry = new Expiry(estate);
        this.volumes = new VolumeCalls(estate, identity, new VolumeView(estate), expiry);
        this.snapshots = new SnapshotCalls(estate, identity, expiry, sets);
        this.copies = new PhysicalCopies(estate, identity, tasks);
        this.promotion = new Promotion(estate, tasks);
        this.tuning = new Tuning(estate, identity, tasks);
        this.distribution = new SpaceDistribution(estate);
        this.keyValues = new KeyValues(
                estate, (objects, name) -> Volumes.require(objects, name).id());
    }

    /** What tasks on volumes bring about. */
    public static Map<TaskKind, Effect> effects() {
        var filling = new Filling();
        var tuned = new Tuning.Done();
        return Map.of(
                TaskKind.VV_COPY, filling,
                TaskKind.RESYNC, filling,
                TaskKind.PROMOTE, new Promotion.Ending(filling),
                TaskKind.ONLINE_COPY, new PhysicalCopies.Online(),
                TaskKind.MOVE_REGIONS, tuned,
                TaskKind.CONVERT, tuned);
    }

    /** Makes snapshots, for sets. */
    public SnapshotCalls snapshots() {
        return snapshots;
    }

    /** Makes physical copies, for sets. */
    public PhysicalCopies copies() {
        return copies;
    }

    /** Promotes snapshots, for sets. */
    public Promotion promotion() {
        return promotion;
    }

    /** Removes the volumes whose time has come, if there may be any. */
    public void removeExpired() {
        expiry.runIfDue();
    }

    /** Removes those among them, too, that something kept before. */
    public void removeAllExpired() {
        expiry.run();
    }

    public List<Endpoint> rows() {
        var rows = new ArrayList<>(List.of(
                new Endpoint("GET", "volumes", volumes::list),
                new Endpoint("POST", "volumes", this::create),
                new Endpoint("GET", "volumes/*", volumes::get),
                new Endpoint("POST", "volumes/*", this::act),
                new Endpoint("PUT", "volumes/*", this::modify),
                new Endpoint("DELETE", "volumes/*", volumes::delete),
                new Endpoint("GET", "volumespacedistribution/*", distribution::get)));
        rows.addAll(keyValues.rows("volumes"));
        return rows;
    }

    private Answer create(Call call) {
        if (!call.input().has("action")) {
            return volumes.create(call);
        }
        call.input().allow("action", "parameters");
        if (call.input().choice("action", HIGHEST_ACTION).orElseThrow() != SEVERAL_SNAPSHOTS) {
            throw Problem.BAD_ENUM_VALUE.of("action");
        }
        return snapshots.createGroup(call);
    }

    private Answer act(Call call) {
        call.input().allow("action", "parameters");
        var action = call.input().requiredText("action");
        var parameters = call.input().object("parameters").orElseThrow(() -> Problem.MISSING_REQUIRED.of("parameters"));
        return switch (action) {
            case "createSnapshot" -> snapshots.create(call, parameters);
            case "createPhysicalCopy" -> copies.create(call, parameters);
            default -> throw Problem.BAD_ENUM_VALUE.of("action");
        };
    }

    private Answer modify(Call call) {
        var action = call.input().choice("action", HIGHEST_ACTION);
        if (action.isEmpty()) {
            return volumes.modify(call);
        }
        return switch (action.get()) {
            case 1 -> copies.stop(call);
            case 2 -> copies.resync(call);
            case 3 -> volumes.grow(call);
            case 4 -> promotion.begin(call);
            case 5 -> promotion.stop(call);
            case 6 -> tuning.begin(call);
            default -> throw Problem.BAD_ENUM_VALUE.of("action");
        };
    }
}
