package io.stowage.array.flasharray;

import io.stowage.array.core.Draft;
import io.stowage.array.core.Estate;
import io.stowage.array.core.Host;
import io.stowage.array.core.HostGroup;
import io.stowage.array.core.Objects;
import io.stowage.web.json.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** {@code /host-groups}. */
final class HostGroups implements Resource<HostGroup> {
    private final Estate estate;

    HostGroups(Estate estate) {
        this.estate = estate;
    }

    Answer list(Call call) {
        return estate.read(objects -> Listing.page(this, objects, call));
    }

    Answer create(Call call) {
        var names = call.requiredList("names");
        return Answer.Items.of(estate, this, call, draft -> {
            var made = new ArrayList<HostGroup>();
            for (var name : names) {
                requireFree(draft.objects(), name, Optional.empty());
                var group = new HostGroup(UUID.randomUUID(), name, Map.of());
                draft.put(group);
                made.add(group);
            }
            return made;
        });
    }

    Answer update(Call call) {
        call.body().requireAny("name");
        return Answer.Items.of(estate, this, call, draft -> {
            var updated = new ArrayList<HostGroup>();
            for (var group : Listing.required(this, draft.objects(), call)) {
                updated.add(renamed(draft, group, call.body()));
            }
            return updated;
        });
    }

    private static HostGroup renamed(Draft draft, HostGroup group, Body body) {
        var name = body.text("name").orElseThrow(() -> Refusal.of(Wording.invalidAttribute("name")));
        requireFree(draft.objects(), name, Optional.of(group));
        var renamed = group.withName(name);
        draft.put(renamed);
        return renamed;
    }

    private static void requireFree(Objects objects, String name, Optional<HostGroup> but) {
        Names.general("Host group", name);
        var other = objects.hostGroup(name).map(HostGroup::id);
        if (other.isPresent() && !other.equals(but.map(HostGroup::id))) {
            throw Refusal.of(name, Wording.HOST_GROUP_EXISTS);
        }
    }

    Answer delete(Call call) {
        return estate.change(draft -> {
            for (var group : Listing.required(this, draft.objects(), call)) {
                if (!draft.objects().sharedConnections(group.id()).isEmpty()) {
                    throw Refusal.of(group.name(), Wording.HOST_GROUP_CONNECTED);
                }
                if (!draft.objects().hostsIn(group.id()).isEmpty()) {
                    throw Refusal.of(group.name(), Wording.HOST_GROUP_NOT_EMPTY);
                }
                draft.remove(group);
            }
            return new Answer.Empty();
        });
    }

    /** The one group that a host may be in. */
    static Optional<HostGroup> of(Objects objects, Host host) {
        return host.groups().stream().findFirst().flatMap(objects::hostGroup);
    }

    /**
     * Makes the host a member of the group.
     *
     * @throws Refusal it is in a group, or what it sees alone collides with what the group shares
     */
    static Host join(Draft draft, Host host, HostGroup group) {
        if (!host.groups().isEmpty()) {
            throw Refusal.of(host.name(), Wording.HOST_IN_GROUP);
        }
        var objects = draft.objects();
        var taken = objects.luns(host);
        for (var shared : objects.sharedConnections(group.id())) {
            if (objects.privateConnection(host.id(), shared.volume()).isPresent()) {
                throw Refusal.of(host.name(), Wording.CONNECTION_EXISTS);
            }
            if (taken.get(shared.lun())) {
                throw Refusal.of(host.name(), Wording.LUN_IN_USE);
            }
        }
        return draft.join(host, group);
    }

    @Override
    public Collection<HostGroup> all(Objects objects) {
        return objects.hostGroups();
    }

    @Override
    public Optional<HostGroup> named(Objects objects, String name) {
        return objects.hostGroup(name);
    }

    @Override
    public Optional<String> id(HostGroup group) {
        return Optional.empty(); // told by their names alone, as hosts are
    }

    @Override
    public Optional<HostGroup> identified(Objects objects, UUID id) {
        return objects.hostGroup(id);
    }

    @Override
    public String name(Objects objects, HostGroup group) {
        return group.name();
    }

    @Override
    public String missing() {
        return Wording.HOST_GROUP_MISSING;
    }

    @Override
    public boolean hasTotals() {
        return true;
    }

    @Override
    public ObjectNode item(Objects objects, HostGroup group, ApiVersion version) {
        var connections = objects.sharedConnections(group.id());
        var item = Json.object()
                .put("name", group.name())
                .put("is_local", true)
                .put("host_count", objects.hostsIn(group.id()).size())
                .put("connection_count", connections.size());
        item.set("space", space(objects, group).json(version));
        return item;
    }

    @Override
    public SpaceFigures space(Objects objects, HostGroup group) {
        return Hosts.space(objects, estate.usage(), objects.sharedConnections(group.id()));
    }
}
