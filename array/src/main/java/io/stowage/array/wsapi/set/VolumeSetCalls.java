package io.stowage.array.wsapi.set;

import io.stowage.array.core.Draft;
import io.stowage.array.core.Estate;
import io.stowage.array.core.Job;
import io.stowage.array.core.Volume;
import io.stowage.array.core.VolumeSet;
import io.stowage.array.wsapi.rest.Answer;
import io.stowage.array.wsapi.rest.Call;
import io.stowage.array.wsapi.rest.Endpoint;
import io.stowage.array.wsapi.rest.Problem;
import io.stowage.array.wsapi.volume.KeyValues;
import io.stowage.array.wsapi.volume.VolumeEndpoints;
import io.stowage.web.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/** {@code /volumesets}: beside what sets have in common, what is done to all volumes of a set at once (section 10). */
public final class VolumeSetCalls {
    private static final int RESYNC = 3;
    private static final int PROMOTE = 4;

    private final Estate estate;
    private final SetCalls<VolumeSet> sets;
    private final VolumeEndpoints volumes;

    public VolumeSetCalls(Estate estate, SetCalls<VolumeSet> sets, VolumeEndpoints volumes) {
        this.estate = estate;
        this.sets = sets;
        this.volumes = volumes;
    }

    public List<Endpoint> rows() {
        var rows = new ArrayList<Endpoint>();
        for (var row : sets.rows()) {
            rows.add(row.method().equals("PUT") ? new Endpoint("PUT", row.path(), this::modify) : row);
        }
        rows.add(new Endpoint("POST", "volumesets/*", this::act));
        rows.addAll(new KeyValues(
                        estate, (objects, name) -> sets.require(objects, name).id())
                .rows("volumesets"));
        return rows;
    }

    private Answer act(Call call) {
        call.input().allow("action", "parameters");
        if (!call.input().requiredText("action").equals("createSnapshot")) {
            throw Problem.BAD_ENUM_VALUE.of("action");
        }
        var parameters = call.input().object("parameters").orElseThrow(() -> Problem.MISSING_REQUIRED.of("parameters"));
        return estate.change(draft -> volumes.snapshots().createAll(required(draft, call.name()), draft, parameters));
    }

    /** The members of a set that has some. */
    private List<Volume> required(Draft draft, String name) {
        var members = VolumeSets.volumes(draft.objects(), sets.require(draft.objects(), name));
        if (members.isEmpty()) {
            throw Problem.EMPTY_SET.refusal();
        }
        return members;
    }

    private Answer modify(Call call) {
        return switch (call.input().choice("action", PROMOTE).orElse(0)) {
            case RESYNC -> forAll(call, (draft, copy) -> volumes.copies().resync(draft, copy, call.input()));
            case PROMOTE ->
                forAll(call, (draft, snapshot) -> volumes.promotion().begin(draft, snapshot, call.input()));
            default -> sets.modify(call);
        };
    }

    /** Begins a task for each member, all at one instant or none. */
    private Answer forAll(Call call, BiFunction<Draft, Volume, Job> begin) {
        return estate.change(draft -> {
            var tasks = Json.array();
            for (var member : required(draft, call.name())) {
                tasks.addObject().put("taskid", begin.apply(draft, member).number());
            }
            var body = Json.object();
            body.set("tasks", tasks);
            body.putArray("links").addObject().put("href", "/api/v1/tasks").put("rel", "self");
            return Answer.of(body);
        });
    }
}
