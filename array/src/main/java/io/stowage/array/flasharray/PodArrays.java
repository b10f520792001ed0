package io.stowage.array.flasharray;

import io.stowage.array.core.Container;
import io.stowage.array.core.Estate;
import io.stowage.array.core.Objects;
import io.stowage.web.json.Json;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** {@code /pods/arrays}: on which arrays pods are. All are on this one alone, as no other is ever connected. */
final class PodArrays implements Resource<Container> {
    private final Estate estate;
    private final Identity identity;
    private final Pods pods;

    PodArrays(Estate estate, Identity identity, Pods pods) {
        this.estate = estate;
        this.identity = identity;
        this.pods = pods;
    }

    Answer list(Call call) {
        return estate.read(objects -> {
            requireLocal(objects, call);
            return Listing.page(this, objects, call, selected(objects, call));
        });
    }

    private Collection<Container> selected(Objects objects, Call call) {
        var names = call.list("group_names");
        var ids = call.list("group_ids");
        if (!names.isEmpty() && !ids.isEmpty()) {
            throw Refusal.of(Wording.NAMES_OR_IDS);
        }
        if (names.isEmpty() && ids.isEmpty()) {
            return all(objects);
        }
        return names.isEmpty() ? Listing.identified(pods, objects, ids) : Listing.named(pods, objects, names);
    }

    /** Pods can't be stretched: there is no other array. */
    Answer stretch(Call call) {
        return estate.read(objects -> {
            required(objects, call);
            requireLocal(objects, call);
            throw Refusal.of(ArraySettings.of(objects).name(), PodWording.ALREADY_INCLUDES);
        });
    }

    /** Nor can they be taken from the one array that they are on. */
    Answer unstretch(Call call) {
        return estate.read(objects -> {
            required(objects, call);
            requireLocal(objects, call);
            throw Refusal.of(ArraySettings.of(objects).name(), PodWording.LAST_ARRAY);
        });
    }

    private void required(Objects objects, Call call) {
        var members =
                !call.list("member_names").isEmpty() || !call.list("member_ids").isEmpty();
        var groups =
                !call.list("group_names").isEmpty() || !call.list("group_ids").isEmpty();
        if (!members || !groups) {
            throw Refusal.of(Wording.NAMES_REQUIRED);
        }
        selected(objects, call);
    }

    private void requireLocal(Objects objects, Call call) {
        var name = ArraySettings.of(objects).name();
        for (var member : call.list("member_names")) {
            if (!member.equalsIgnoreCase(name)) {
                throw Refusal.of(member, Wording.ARRAY_MISSING);
            }
        }
        for (var member : call.list("member_ids")) {
            if (!member.equalsIgnoreCase(identity.id().toString())) {
                throw Refusal.of(member, Wording.ARRAY_MISSING);
            }
        }
    }

    @Override
    public Collection<Container> all(Objects objects) {
        return pods.all(objects);
    }

    @Override
    public Optional<Container> named(Objects objects, String name) {
        return pods.named(objects, name);
    }

    @Override
    public Optional<Container> identified(Objects objects, UUID id) {
        return pods.identified(objects, id);
    }

    @Override
    public String name(Objects objects, Container pod) {
        return pod.name();
    }

    @Override
    public String missing() {
        return pods.missing();
    }

    @Override
    public ObjectNode item(Objects objects, Container pod, ApiVersion version) {
        var item = Json.object();
        item.set("group", References.to(pod.name(), pod.id()));
        item.set("member", References.to(ArraySettings.of(objects).name(), identity.id()));
        return item;
    }

    List<Endpoint> table() {
        return List.of(
                new Endpoint("GET", "pods/arrays", 0, this::list),
                new Endpoint("POST", "pods/arrays", 0, this::stretch),
                new Endpoint("DELETE", "pods/arrays", 0, this::unstretch));
    }
}
