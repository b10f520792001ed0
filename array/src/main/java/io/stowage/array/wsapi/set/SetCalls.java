package io.stowage.array.wsapi.set;

import io.stowage.array.core.Draft;
import io.stowage.array.core.Estate;
import io.stowage.array.core.NamedSet;
import io.stowage.array.core.Objects;
import io.stowage.array.wsapi.rest.Answer;
import io.stowage.array.wsapi.rest.Call;
import io.stowage.array.wsapi.rest.Endpoint;
import io.stowage.array.wsapi.rest.Input;
import io.stowage.array.wsapi.rest.Names;
import io.stowage.array.wsapi.rest.Problem;
import io.stowage.array.wsapi.system.Numbers;
import io.stowage.web.json.Json;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** Sets of hosts and sets of volumes are spoken of alike (sections 9 and 10): names, comments, members. */
public final class SetCalls<S extends NamedSet> {
    private static final String NUMBER = "number";
    private static final String COMMENT = "comment";
    private static final String MEMBERS = "setmembers";
    private static final int LONGEST_COMMENT = 255;
    private static final int ADD = 1;
    private static final int REMOVE = 2;
    private static final Set<String> QUERIED = Set.of("id", "uuid", "name", MEMBERS, COMMENT);

    private final Estate estate;
    private final SetKind<S> kind;

    SetCalls(Estate estate, SetKind<S> kind) {
        this.estate = estate;
        this.kind = kind;
    }

    /** Of what every kind has. */
    public List<Endpoint> rows() {
        var one = kind.path() + "/*";
        return List.of(
                new Endpoint("GET", kind.path(), this::list),
                new Endpoint("POST", kind.path(), this::create),
                new Endpoint("GET", one, this::get),
                new Endpoint("PUT", one, this::modify),
                new Endpoint("DELETE", one, this::delete));
    }

    /** The {@code id} of a set. */
    static int number(NamedSet set) {
        return Integer.parseInt(set.attributes().getOrDefault(NUMBER, "0"));
    }

    S require(Objects objects, String name) {
        return kind.find(objects, name).orElseThrow(Problem.NON_EXISTENT_SET::refusal);
    }

    /** Adds members to the set of this name, which is made unless it is there. */
    public void addTo(Draft draft, String name, List<String> members) {
        var set = kind.find(draft.objects(), name).orElseGet(() -> create(draft, name, Map.of()));
        members.forEach(member -> kind.add(draft, set, member));
    }

    private Answer list(Call call) {
        return estate.read(objects ->
                call.members(QUERIED, kind.all(objects).stream().map(set -> json(objects, set))));
    }

    private Answer get(Call call) {
        return estate.read(objects -> Answer.of(json(objects, require(objects, call.name()))));
    }

    private ObjectNode json(Objects objects, S set) {
        var members = kind.members(objects, set);
        var json = Json.object()
                .put("id", number(set))
                .put("uuid", set.id().toString())
                .put("name", set.name());
        Optional.ofNullable(set.attributes().get(COMMENT)).ifPresent(text -> json.put(COMMENT, text));
        if (!members.isEmpty()) {
            var names = json.putArray(MEMBERS);
            members.forEach(names::add);
        }
        json.put("count", members.size());
        kind.show(set, json);
        return json;
    }

    private Answer create(Call call) {
        var input = call.input();
        input.allow("name", COMMENT, "domain", MEMBERS);
        if (input.has("domain")) {
            throw Problem.NON_EXISTENT_DOMAIN.of("domain");
        }
        var name = input.requiredName("name", Names.LONGEST);
        var attributes = new HashMap<String, String>();
        input.text(COMMENT, LONGEST_COMMENT).ifPresent(text -> attributes.put(COMMENT, text));
        var members = input.texts(MEMBERS);
        estate.change(draft -> {
            var set = create(draft, name, attributes);
            members.forEach(member -> kind.add(draft, set, member));
            return set;
        });
        return Answer.created(kind.path(), name);
    }

    private S create(Draft draft, String name, Map<String, String> attributes) {
        if (kind.find(draft.objects(), name).isPresent()) {
            throw Problem.EXISTENT_SET.refusal();
        }
        if (kind.all(draft.objects()).size() >= kind.most()) {
            throw Problem.TOO_MANY.refusal();
        }
        var all = new HashMap<>(attributes);
        all.put(NUMBER, Integer.toString(Numbers.next(draft, kind.counter())));
        var set = kind.make(UUID.randomUUID(), name, all);
        draft.put(set);
        return set;
    }

    /** Adds or removes members, or describes the set otherwise. */
    Answer modify(Call call) {
        var input = call.input();
        var describing = new HashSet<>(kind.traits());
        describing.addAll(Set.of("newName", COMMENT));
        var action = input.choice("action", REMOVE);
        if (action.isEmpty()) {
            return describe(call, describing);
        }
        if (describing.stream().anyMatch(input::has)) {
            throw Problem.PARAM_CONFLICT.of("action");
        }
        input.allow("action", MEMBERS);
        var names = input.texts(MEMBERS);
        if (names.isEmpty()) {
            throw Problem.MISSING_REQUIRED.of(MEMBERS);
        }
        return estate.change(draft -> {
            var set = require(draft.objects(), call.name());
            for (var name : names) {
                if (action.get() == ADD) {
                    kind.add(draft, set, name);
                } else {
                    kind.remove(draft, set, name);
                }
            }
            return Answer.done();
        });
    }

    private Answer describe(Call call, Set<String> describing) {
        var input = call.input();
        requireNoMembers(input);
        input.allow(describing);
        var newName = input.name("newName", Names.LONGEST);
        var comment = input.anyText(COMMENT, LONGEST_COMMENT);
        return estate.change(draft -> {
            var set = require(draft.objects(), call.name());
            var name = newName.orElse(set.name());
            if (!name.equalsIgnoreCase(set.name())
                    && kind.find(draft.objects(), name).isPresent()) {
                throw Problem.EXISTENT_SET.of("newName");
            }
            var attributes = new HashMap<>(set.attributes());
            comment.ifPresent(text -> attributes.put(COMMENT, text));
            attributes.remove(COMMENT, "");
            kind.describe(input, attributes);
            draft.put(kind.make(set.id(), name, attributes));
            return Answer.done().at(kind.path(), name);
        });
    }

    private void requireNoMembers(Input input) {
        kind.traits().forEach(trait -> input.exclude(MEMBERS, trait));
        if (input.has(MEMBERS)) {
            throw Problem.ONE_REQUIRED.of("action");
        }
    }

    private Answer delete(Call call) {
        return estate.change(draft -> {
            kind.delete(draft, require(draft.objects(), call.name()));
            return Answer.done();
        });
    }
}
