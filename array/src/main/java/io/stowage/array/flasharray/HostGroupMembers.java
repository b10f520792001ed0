package io.stowage.array.flasharray;

import io.stowage.array.core.Draft;
import io.stowage.array.core.Estate;
import io.stowage.array.core.Host;
import io.stowage.array.core.HostGroup;
import io.stowage.array.core.Objects;
import io.stowage.web.json.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import tools.jackson.databind.node.ObjectNode;

/** {@code /host-groups/hosts} and {@code /hosts/host-groups}, which are the same: hosts that are in a group. */
final class HostGroupMembers implements Resource<Host> {
    private final Estate estate;
    private final Hosts hosts;
    private final HostGroups groups;

    HostGroupMembers(Estate estate, Hosts hosts, HostGroups groups) {
        this.estate = estate;
        this.hosts = hosts;
        this.groups = groups;
    }

    Answer list(Call call) {
        return estate.read(objects -> {
            var ofGroups = call.has("group_names")
                    ? Optional.of(Listing.named(groups, objects, call.list("group_names")))
                    : Optional.<List<HostGroup>>empty();
            var among = call.has("member_names")
                    ? Listing.named(hosts, objects, call.list("member_names"))
                    : objects.hosts();
            var found = among.stream()
                    .filter(host -> !host.groups().isEmpty())
                    .filter(host ->
                            ofGroups.isEmpty() || ofGroups.get().stream().anyMatch(host::isIn))
                    .toList();
            return Listing.page(this, objects, call, found);
        });
    }

    Answer add(Call call) {
        return Answer.Items.of(
                estate, this, call, draft -> each(draft, call, (host, group) -> HostGroups.join(draft, host, group)));
    }

    Answer remove(Call call) {
        return estate.change(draft -> {
            each(draft, call, (host, group) -> {
                if (!host.isIn(group)) {
                    throw Refusal.of(host.name(), Wording.NOT_IN_HOST_GROUP);
                }
                return draft.leave(host, group);
            });
            return new Answer.Empty();
        });
    }

    private List<Host> each(Draft draft, Call call, BiFunction<Host, HostGroup, Host> change) {
        var changed = new ArrayList<Host>();
        var named = Listing.named(hosts, draft.objects(), call.requiredList("member_names"));
        for (var group : Listing.named(groups, draft.objects(), call.requiredList("group_names"))) {
            for (var host : named) {
                var now = draft.objects().host(host.id()).orElseThrow(); // as the group before has left it
                changed.add(change.apply(now, group));
            }
        }
        return changed;
    }

    @Override
    public Collection<Host> all(Objects objects) {
        return objects.hosts().stream().filter(host -> !host.groups().isEmpty()).toList();
    }

    @Override
    public Optional<Host> named(Objects objects, String name) {
        return objects.host(name);
    }

    @Override
    public String name(Objects objects, Host member) {
        return group(objects, member).name() + " " + member.name();
    }

    @Override
    public String missing() {
        return Wording.HOST_MISSING;
    }

    @Override
    public ObjectNode item(Objects objects, Host member, ApiVersion version) {
        var item = Json.object();
        item.set("group", References.toName(group(objects, member).name()));
        item.set("member", References.toName(member.name()));
        return item;
    }

    private static HostGroup group(Objects objects, Host member) {
        return HostGroups.of(objects, member).orElseThrow();
    }
}
