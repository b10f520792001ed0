package io.stowage.array.wsapi.host;

import io.stowage.array.core.Draft;
import io.stowage.array.core.Estate;
import io.stowage.array.core.HostGroup;
import io.stowage.array.core.Objects;
import io.stowage.array.wsapi.rest.Answer;
import io.stowage.array.wsapi.rest.Call;
import io.stowage.array.wsapi.rest.Endpoint;
import io.stowage.array.wsapi.rest.Names;
import io.stowage.array.wsapi.rest.Problem;
import io.stowage.array.wsapi.system.Numbers;
import io.stowage.web.json.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** {@code /hostsets}: what is exported to a set, all its hosts see. */
public final class HostSetCalls {
    private static final int LONGEST_COMMENT = 255;
    private static final int ADD = 1;
    private static final int REMOVE = 2;
    private static final int MOST = 4096;
    private static final Set<String> QUERIED = Set.of("id", "uuid", "name", "setmembers", "comment");

    private final Estate estate;

    public HostSetCalls(Estate estate) {
        this.estate = estate;
    }

    public List<Endpoint> rows() {
        return List.of(
                new Endpoint("GET", "hostsets", this::list),
                new Endpoint("POST", "hostsets", this::create),
                new Endpoint("GET", "hostsets/*", this::get),
                new Endpoint("PUT", "hostsets/*", this::modify),
                new Endpoint("DELETE", "hostsets/*", this::delete));
    }

    private Answer list(Call call) {
        var query = call.query(QUERIED);
        return estate.read(objects -> Answer.members(objects.hostGroups().stream()
                .map(set -> json(objects, set))
                .filter(query::matches)
                .toList()));
    }

    private Answer get(Call call) {
        return estate.read(objects -> Answer.of(json(objects, Hosts.requireSet(objects, call.name()))));
    }

    private static ObjectNode json(Objects objects, HostGroup set) {
        var members = objects.hostsIn(set.id());
        var json = Json.object()
                .put("id", Integer.parseInt(set.attributes().getOrDefault(Hosts.NUMBER, "0")))
                .put("uuid", set.id().toString())
                .put("name", set.name())
                .put("count", members.size());
        Optional.ofNullable(set.attributes().get(Hosts.COMMENT)).ifPresent(text -> json.put("comment", text));
        if (!members.isEmpty()) {
            var names = json.putArray("setmembers");
            members.forEach(host -> names.add(host.name()));
        }
        return json;
    }

    private Answer create(Call call) {
        var input = call.input();
        input.allow("name", "comment", "domain", "setmembers");
        if (input.has("domain")) {
            throw Problem.NON_EXISTENT_DOMAIN.of("domain");
        }
        var name = input.requiredName("name", Names.LONGEST);
        var comment = input.text("comment", LONGEST_COMMENT);
        var members = input.texts("setmembers");
        estate.change(draft -> {
            requireFree(draft.objects(), name);
            if (draft.objects().hostGroups().size() >= MOST) {
                throw Problem.TOO_MANY.refusal();
            }
            var attributes = new HashMap<String, String>();
            attributes.put(Hosts.NUMBER, Integer.toString(Numbers.next(draft, "hostset")));
            comment.ifPresent(text -> attributes.put(Hosts.COMMENT, text));
            var set = new HostGroup(UUID.randomUUID(), name, attributes);
            draft.put(set);
            add(draft, set, members);
            return set;
        });
        return Answer.created("hostsets", name);
    }

    private static void requireFree(Objects objects, String name) {
        if (objects.hostGroup(name).isPresent()) {
            throw Problem.EXISTENT_SET.refusal();
        }
    }

    private Answer modify(Call call) {
        var input = call.input();
        input.allow("action", "setmembers", "newName", "comment");
        var action = input.choice("action", 2);
        if (action.isPresent() && input.hasAny("newName", "comment")) {
            throw Problem.PARAM_CONFLICT.of("action");
        }
        var members = input.texts("setmembers");
        if (action.isPresent() && members.isEmpty()) {
            throw Problem.MISSING_REQUIRED.of("setmembers");
        }
        if (action.isEmpty() && !members.isEmpty()) {
            throw Problem.ONE_REQUIRED.of("action");
        }
        var newName = input.name("newName", Names.LONGEST);
        var comment = input.anyText("comment", LONGEST_COMMENT);
        return estate.change(draft -> {
            var set = Hosts.requireSet(draft.objects(), call.name());
            switch (action.orElse(0)) {
                case ADD -> add(draft, set, members);
                case REMOVE -> remove(draft, set, members);
                default -> describe(draft, set, newName, comment);
            }
            return newName.map(name -> Answer.done().at("hostsets", name)).orElseGet(Answer::done);
        });
    }

    private static void describe(Draft draft, HostGroup set, Optional<String> newName, Optional<String> comment) {
        var changed = set;
        if (newName.isPresent() && !newName.get().equalsIgnoreCase(set.name())) {
            requireFree(draft.objects(), newName.get());
        }
        if (newName.isPresent()) {
            changed = changed.withName(newName.get());
        }
        var attributes = new HashMap<>(changed.attributes());
        comment.ifPresent(text -> attributes.put(Hosts.COMMENT, text));
        draft.put(changed.withAttributes(attributes));
    }

    private static void add(Draft draft, HostGroup set, List<String> names) {
        for (var name : names) {
            var objects = draft.objects();
            var host = Hosts.require(objects, name);
            if (host.isIn(set)) {
                throw Problem.MEMBER_IN_SET.refusal();
            }
            var seen = objects.connectionsOfHost(host.id());
            for (var shared : objects.sharedConnections(set.id())) {
                if (seen.stream().anyMatch(own -> own.lun() == shared.lun())) {
                    throw Problem.EXISTENT_LUN.refusal();
                }
                if (seen.stream().anyMatch(own -> own.volume().equals(shared.volume()))) {
                    throw Problem.OTHER.refusal();
                }
            }
            draft.join(host, set);
        }
    }

    private static void remove(Draft draft, HostGroup set, List<String> names) {
        for (var name : names) {
            var host = Hosts.require(draft.objects(), name);
            if (!host.isIn(set)) {
                throw Problem.MEMBER_NOT_IN_SET.refusal();
            }
            draft.leave(host, set);
        }
    }

    private Answer delete(Call call) {
        return estate.change(draft -> {
            var objects = draft.objects();
            var set = Hosts.requireSet(objects, call.name());
            if (!objects.sharedConnections(set.id()).isEmpty()) {
                throw Problem.EXPORTED_VLUN.refusal();
            }
            objects.hostsIn(set.id()).forEach(host -> draft.leave(host, set));
            draft.remove(set);
            return Answer.done();
        });
    }
}
