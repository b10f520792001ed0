package io.stowage.array.wsapi.set;

import io.stowage.array.core.Draft;
import io.stowage.array.core.Estate;
import io.stowage.array.core.Objects;
import io.stowage.array.core.SetMember;
import io.stowage.array.core.Volume;
import io.stowage.array.core.VolumeSet;
import io.stowage.array.wsapi.rest.Answer;
import io.stowage.array.wsapi.rest.Call;
import io.stowage.array.wsapi.rest.Endpoint;
import io.stowage.array.wsapi.rest.Names;
import io.stowage.array.wsapi.rest.Problem;
import io.stowage.array.wsapi.volume.KeyValues;
import io.stowage.array.wsapi.volume.VolumeEndpoints;
import io.stowage.array.wsapi.volume.Volumes;
import io.stowage.web.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** {@code /volumesets}. */
public final class VolumeSetCalls {
    private static final int LONGEST_COMMENT = 255;
    private static final int ADD = 1;
    private static final int REMOVE = 2;
    private static final int RESYNC = 3;
    private static final int PROMOTE = 4;
    private static final String DISABLED = "2";
    private static final Set<String> QUERIED = Set.of("id", "uuid", "name", "setmembers", "comment");

    private final Estate estate;
    private final VolumeEndpoints volumes;
    private final SetExports exports;

    /** Whether sets are seen by hosts as such. */
    @FunctionalInterface
    public interface SetExports {
        boolean isExported(Objects objects, VolumeSet set);
    }

    public VolumeSetCalls(Estate estate, VolumeEndpoints volumes, SetExports exports) {
        this.estate = estate;
        this.volumes = volumes;
        this.exports = exports;
    }

    public List<Endpoint> rows() {
        var rows = new ArrayList<>(List.of(
                new Endpoint("GET", "volumesets", this::list),
                new Endpoint("POST", "volumesets", this::create),
                new Endpoint("GET", "volumesets/*", this::get),
                new Endpoint("POST", "volumesets/*", this::act),
                new Endpoint("PUT", "volumesets/*", this::modify),
                new Endpoint("DELETE", "volumesets/*", this::delete)));
        rows.addAll(new KeyValues(
                        estate,
                        (objects, name) -> VolumeSets.require(objects, name).id())
                .rows("volumesets"));
        return rows;
    }

    private Answer list(Call call) {
        var query = call.query(QUERIED);
        return estate.read(objects -> Answer.members(objects.volumeSets().stream()
                .map(set -> json(objects, set))
                .filter(query::matches)
                .toList()));
    }

    private Answer get(Call call) {
        return estate.read(objects -> Answer.of(json(objects, VolumeSets.require(objects, call.name()))));
    }

    private Answer create(Call call) {
        var input = call.input();
        input.allow("name", "comment", "domain", "setmembers");
        if (input.has("domain")) {
            throw Problem.NON_EXISTENT_DOMAIN.of("domain");
        }
        var name = input.requiredName("name", Names.LONGEST);
        var attributes = new HashMap<String, String>();
        input.text("comment", LONGEST_COMMENT).ifPresent(text -> attributes.put(VolumeSets.COMMENT, text));
        var members = input.texts("setmembers");
        estate.change(draft -> {
            var set = VolumeSets.create(draft, name, attributes);
            add(draft, set, members);
            return set;
        });
        return Answer.created("volumesets", name);
    }

    private static void add(Draft draft, VolumeSet set, List<String> names) {
        for (var name : names) {
            var volume = Volumes.require(draft.objects(), name);
            if (membership(draft.objects(), set, volume).isPresent()) {
                throw Problem.MEMBER_IN_SET.refusal();
            }
            draft.join(volume, set);
        }
    }

    private static void remove(Draft draft, VolumeSet set, List<String> names) {
        for (var name : names) {
            var volume = Volumes.require(draft.objects(), name);
            draft.remove(membership(draft.objects(), set, volume).orElseThrow(Problem.MEMBER_NOT_IN_SET::refusal));
        }
    }

    private static Optional<SetMember> membership(Objects objects, VolumeSet set, Volume volume) {
        return objects.setMembershipsOf(volume.id()).stream()
                .filter(member -> member.set().equals(set.id()))
                .findFirst();
    }

    private Answer act(Call call) {
        call.input().allow("action", "parameters");
        if (!call.input().requiredText("action").equals("createSnapshot")) {
            throw Problem.BAD_ENUM_VALUE.of("action");
        }
        var parameters = call.input().object("parameters").orElseThrow(() -> Problem.MISSING_REQUIRED.of("parameters"));
        return estate.change(draft -> {
            var members = required(draft.objects(), call.name());
            return volumes.snapshots().createAll(members, draft, parameters);
        });
    }

    /** The members of a set that has some. */
    private static List<Volume> required(Objects objects, String name) {
        var members = VolumeSets.members(objects, VolumeSets.require(objects, name));
        if (members.isEmpty()) {
            throw Problem.EMPTY_SET.refusal();
        }
        return members;
    }

    private Answer modify(Call call) {
        var action = call.input().choice("action", PROMOTE);
        if (action.isPresent() && call.input().hasAny("newName", "comment", "flashCachePolicy")) {
            throw Problem.PARAM_CONFLICT.of("action");
        }
        return switch (action.orElse(0)) {
            case ADD, REMOVE -> change(call, action.orElseThrow());
            case RESYNC -> throw Problem.UNSUP_OP.refusal();
            case PROMOTE -> promote(call);
            default -> describe(call);
        };
    }

    private Answer change(Call call, int action) {
        call.input().allow("action", "setmembers");
        var names = call.input().texts("setmembers");
        if (names.isEmpty()) {
            throw Problem.MISSING_REQUIRED.of("setmembers");
        }
        return estate.change(draft -> {
            var set = VolumeSets.require(draft.objects(), call.name());
            if (action == ADD) {
                add(draft, set, names);
            } else {
                remove(draft, set, names);
            }
            return Answer.done();
        });
    }

    /** All snapshots in the set, each to its own volume, at one instant. */
    private Answer promote(Call call) {
        return estate.change(draft -> {
            var tasks = Json.array();
            for (var member : required(draft.objects(), call.name())) {
                var task = volumes.promotion().begin(draft, member, call.input());
                tasks.addObject().put("taskid", task.number());
            }
            var body = Json.object();
            body.set("tasks", tasks);
            body.putArray("links").addObject().put("href", "/api/v1/tasks").put("rel", "self");
            return Answer.of(body);
        });
    }

    private Answer describe(Call call) {
        var input = call.input();
        input.exclude("setmembers", "flashCachePolicy");
        if (input.has("setmembers")) {
            throw Problem.ONE_REQUIRED.of("action");
        }
        input.allow("newName", "comment", "flashCachePolicy");
        var newName = input.name("newName", Names.LONGEST);
        var comment = input.anyText("comment", LONGEST_COMMENT);
        var cache = input.choice("flashCachePolicy", 2);
        return estate.change(draft -> {
            var set = VolumeSets.require(draft.objects(), call.name());
            var name = newName.orElse(set.name());
            if (!name.equalsIgnoreCase(set.name())
                    && draft.objects().volumeSet(name).isPresent()) {
                throw Problem.EXISTENT_SET.of("newName");
            }
            set = set.withName(name);
            draft.put(set);
            if (comment.isPresent()) {
                set = VolumeSets.put(draft, set, VolumeSets.COMMENT, comment.filter(text -> !text.isEmpty()));
            }
            if (cache.isPresent()) {
                VolumeSets.put(draft, set, VolumeSets.FLASH_CACHE, cache.map(Object::toString));
            }
            return Answer.done().at("volumesets", name);
        });
    }

    private Answer delete(Call call) {
        return estate.change(draft -> {
            var set = VolumeSets.require(draft.objects(), call.name());
            if (exports.isExported(draft.objects(), set)) {
                throw Problem.EXPORTED_VLUN.refusal();
            }
            if (VolumeSets.text(set, VolumeSets.QOS).isPresent()) {
                throw Problem.IN_USE.refusal();
            }
            draft.remove(set);
            return Answer.done();
        });
    }

    private static ObjectNode json(Objects objects, VolumeSet set) {
        var members = VolumeSets.members(objects, set);
        var json = Json.object()
                .put("id", VolumeSets.number(set))
                .put("uuid", set.id().toString())
                .put("name", set.name());
        VolumeSets.text(set, VolumeSets.COMMENT).ifPresent(text -> json.put("comment", text));
        if (!members.isEmpty()) {
            var names = json.putArray("setmembers");
            members.forEach(volume -> names.add(volume.name()));
        }
        return json.put("count", members.size())
                .put("qosEnabled", QosRules.isEnabled(set))
                .put(
                        "flashCachePolicy",
                        Integer.parseInt(
                                VolumeSets.text(set, VolumeSets.FLASH_CACHE).orElse(DISABLED)))
                .put("vvolStorageContainerEnabled", false);
    }
}
