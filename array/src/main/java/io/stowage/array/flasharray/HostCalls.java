package io.stowage.array.flasharray;

import io.stowage.array.core.Draft;
import io.stowage.array.core.Estate;
import io.stowage.array.core.Host;
import io.stowage.array.core.Objects;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The calls of {@code /hosts}. */
final class HostCalls {
    private final Estate estate;
    private final Hosts hosts;

    HostCalls(Estate estate, Hosts hosts) {
        this.estate = estate;
        this.hosts = hosts;
    }

    Answer list(Call call) {
        return estate.read(objects -> Listing.page(hosts, objects, call));
    }

    Answer create(Call call) {
        var names = call.requiredList("names");
        return Answer.Items.of(estate, hosts, call, draft -> {
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
                        "personality",
                        "preferred_arrays",
                        "vlan",
                        "host_group");
        return Answer.Items.of(estate, hosts, call, draft -> {
            var updated = new ArrayList<Host>();
            for (var host : Listing.required(hosts, draft.objects(), call)) {
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
                .withAttributes(HostOptions.applied(draft.objects(), host.attributes(), call));
        draft.put(changed);
        if (Initiators.of(changed).isNvme() && !Initiators.of(host).isNvme()) {
            Namespaces.renumber(draft, changed);
        }
        return grouped(draft, changed, body);
    }

    /** In another host group, or in none for a reference to nothing. */
    private static Host grouped(Draft draft, Host host, Body body) {
        if (!body.has("host_group")) {
            return host;
        }
        var name = body.reference("host_group").filter(group -> !group.isEmpty());
        if (name.isEmpty()) {
            return HostGroups.of(draft.objects(), host)
                    .map(group -> draft.leave(host, group))
                    .orElse(host);
        }
        var group = draft.objects()
                .hostGroup(name.get())
                .orElseThrow(() -> Refusal.of(name.get(), Wording.HOST_GROUP_MISSING));
        return host.isIn(group) ? host : HostGroups.join(draft, host, group);
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

    Answer delete(Call call) {
        return estate.change(draft -> {
            for (var host : Listing.required(hosts, draft.objects(), call)) {
                if (!draft.objects().connectionsOfHost(host.id()).isEmpty()) {
                    throw Refusal.of(host.name(), Wording.HOST_CONNECTED);
                }
                if (!host.groups().isEmpty()) {
                    throw Refusal.of(host.name(), Wording.HOST_IN_GROUP_DELETE);
                }
                draft.remove(host);
            }
            return new Answer.Empty();
        });
    }
}
