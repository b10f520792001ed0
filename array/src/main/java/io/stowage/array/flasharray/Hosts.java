package io.stowage.array.flasharray;

import io.stowage.array.core.Connection;
import io.stowage.array.core.Draft;
import io.stowage.array.core.Estate;
import io.stowage.array.core.Host;
import io.stowage.array.core.HostGroup;
import io.stowage.array.core.Objects;
import io.stowage.array.core.Usage;
import io.stowage.web.json.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /hosts}. */
final class Hosts implements Resource<Host> {
    private static final String PERSONALITY = "personality";
    private static final String VLAN = "vlan";
    private static final int VLAN_SINCE = 16;
    private static final Set<String> PERSONALITIES =
            Set.of("aix", "esxi", "hitachi-vsp", "hpux", "oracle-vm-server", "solaris", "vms");

    private final Estate estate;
    private final PortConnectivity connectivity;

    Hosts(Estate estate, PortConnectivity connectivity) {
        this.estate = estate;
        this.connectivity = connectivity;
    }

    Answer list(Call call) {
        return estate.read(objects -> Listing.page(this, objects, call));
    }

    Answer create(Call call) {
        var names = call.requiredList("names");
        return Answer.Items.of(estate, this, call, draft -> {
            var made = new ArrayList<Host>();
            for (var name : names) {
                Names.general("Host", name);
                if (draft.objects().host(name).isPresent()) {
                    throw Refusal.of(name, Wording.HOST_EXISTS);
                }
                var fresh = new Host(UUID.randomUUID(), name, List.of(), Optional.empty(), Map.of());
                made.add(changed(draft, fresh, call));
            }
            return made;
        });
    }

    Answer update(Call call) {
        call.body()
                .requireAny(
                        "name",
                        "iqns",
                        "add_iqns",
                        "remove_iqns",
                        "nqns",
                        "add_nqns",
                        "remove_nqns",
                        "wwns",
                        "add_wwns",
                        "remove_wwns",
                        "chap",
                        PERSONALITY,
                        "preferred_arrays",
                        VLAN,
                        "host_group");
        return Answer.Items.of(estate, this, call, draft -> {
            var updated = new ArrayList<Host>();
            for (var host : Listing.required(this, draft.objects(), call)) {
                updated.add(changed(draft, host, call));
            }
            return updated;
        });
    }

    private static Host changed(Draft draft, Host host, Call call) {
        var body = call.body();
        var changed = renamed(draft, host, body)
                .withInitiators(initiators(draft.objects(), host, body))
                .withChap(Chap.changed(host.chap(), body))
                .withAttributes(attributes(host, body));
        draft.put(changed);
        return grouped(draft, changed, body);
    }

    /** In another host group, or in none for a reference to nothing. */
    private static Host grouped(Draft draft, Host host, Body body) {
        if (!body.has("host_group")) {
            return host;
        }
        var name = body.reference("host_group").filter(group -> !group.isEmpty());
        if (name.isEmpty()) {
            return draft.leave(host);
        }
        var group = draft.objects()
                .hostGroup(name.get())
                .orElseThrow(() -> Refusal.of(name.get(), Wording.HOST_GROUP_MISSING));
        return host.group().equals(Optional.of(group.id())) ? host : HostGroups.join(draft, host, group);
    }

    private static Host renamed(Draft draft, Host host, Body body) {
        var name = body.text("name");
        if (name.isEmpty()) {
            return host;
        }
        Names.general("Host", name.get());
        if (draft.objects()
                .host(name.get())
                .filter(other -> !other.id().equals(host.id()))
                .isPresent()) {
            throw Refusal.of(name.get(), Wording.HOST_EXISTS);
        }
        return host.withName(name.get());
    }

    private static List<String> initiators(Objects objects, Host host, Body body) {
        var initiators = Initiators.of(host).changed(body).all();
        for (var initiator : initiators) {
            if (objects.hostOf(initiator)
                    .filter(other -> !other.id().equals(host.id()))
                    .isPresent()) {
                throw Refusal.of(initiator, Wording.INITIATOR_IN_USE);
            }
        }
        return initiators;
    }

    private static Map<String, String> attributes(Host host, Body body) {
        var attributes = new HashMap<>(host.attributes());
        body.text(PERSONALITY).ifPresent(personality -> {
            if (!personality.isEmpty() && !PERSONALITIES.contains(personality)) {
                throw Refusal.of(Wording.invalidAttribute(PERSONALITY));
            }
            attributes.put(PERSONALITY, personality);
        });
        body.text(VLAN).ifPresent(vlan -> attributes.put(VLAN, vlan));
        return attributes;
    }

    Answer delete(Call call) {
        return estate.change(draft -> {
            for (var host : Listing.required(this, draft.objects(), call)) {
                if (!draft.objects().connectionsOfHost(host.id()).isEmpty()) {
                    throw Refusal.of(host.name(), Wording.HOST_CONNECTED);
                }
                if (host.group().isPresent()) {
                    throw Refusal.of(host.name(), Wording.HOST_IN_GROUP_DELETE);
                }
                draft.remove(host);
            }
            return new Answer.Empty();
        });
    }

    @Override
    public Collection<Host> all(Objects objects) {
        return objects.hosts();
    }

    @Override
    public Optional<Host> named(Objects objects, String name) {
        return objects.host(name);
    }

    @Override
    public Optional<String> id(Host host) {
        return Optional.empty(); // hosts are told by their names alone
    }

    @Override
    public Optional<Host> identified(Objects objects, UUID id) {
        return objects.host(id);
    }

    @Override
    public String name(Objects objects, Host host) {
        return host.name();
    }

    @Override
    public String missing() {
        return Wording.HOST_MISSING;
    }

    @Override
    public boolean hasTotals() {
        return true;
    }

    @Override
    public ObjectNode item(Objects objects, Host host, ApiVersion version) {
        var initiators = Initiators.of(host);
        var connections = objects.connectionsOfHost(host.id());
        var item = Json.object().put("name", host.name()).put("is_local", true);
        item.set(
                "host_group",
                References.toName(host.group().flatMap(objects::hostGroup).map(HostGroup::name)));
        var personality =
                Optional.ofNullable(host.attributes().get(PERSONALITY)).filter(value -> !value.isEmpty());
        item.put(PERSONALITY, personality.orElse(null));
        item.set("iqns", array(initiators.iqns()));
        item.set("nqns", array(initiators.nqns()));
        item.set("wwns", array(initiators.wwns()));
        item.put("connection_count", connections.size());
        item.set("preferred_arrays", Json.array());
        item.set("chap", Chap.describe(host.chap()));
        item.set("port_connectivity", connectivity.of(host));
        if (version.isAtLeast(VLAN_SINCE)) {
            item.put(VLAN, host.attributes().getOrDefault(VLAN, "any"));
        }
        item.set("space", space(objects, host).json(version));
        return item;
    }

    @Override
    public SpaceFigures space(Objects objects, Host host) {
        return space(objects, estate.usage(), objects.connectionsOfHost(host.id()));
    }

    /** The sum of the volumes that these connections make visible. */
    static SpaceFigures space(Objects objects, Usage usage, List<Connection> connections) {
        return connections.stream()
                .flatMap(connection -> objects.volume(connection.volume()).stream())
                .map(volume -> new SpaceFigures(volume.sizeBytes(), volume.sizeBytes(), usage.written(volume), 0))
                .reduce(SpaceFigures.NONE, SpaceFigures::plus);
    }

    private static ArrayNode array(List<String> names) {
        var array = Json.array();
        names.forEach(array::add);
        return array;
    }
}
