package io.stowage.array.wsapi.set;

import io.stowage.array.core.Draft;
import io.stowage.array.core.Estate;
import io.stowage.array.core.Host;
import io.stowage.array.core.HostGroup;
import io.stowage.array.core.Objects;
import io.stowage.array.wsapi.host.Hosts;
import io.stowage.array.wsapi.rest.Problem;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** {@code /hostsets}: what is exported to a set, all its hosts see. */
public final class HostSets implements SetKind<HostGroup> {
    private HostSets() {}

    /** The calls on them. */
    public static SetCalls<HostGroup> calls(Estate estate) {
        return new SetCalls<>(estate, new HostSets());
    }

    @Override
    public String path() {
        return "hostsets";
    }

    @Override
    public String counter() {
        return "hostset";
    }

    @Override
    public int most() {
        return 4096;
    }

    @Override
    public Collection<HostGroup> all(Objects objects) {
        return objects.hostGroups();
    }

    @Override
    public Optional<HostGroup> find(Objects objects, String name) {
        return objects.hostGroup(name);
    }

    @Override
    public HostGroup make(UUID id, String name, Map<String, String> attributes) {
        return new HostGroup(id, name, attributes);
    }

    @Override
    public List<String> members(Objects objects, HostGroup set) {
        return objects.hostsIn(set.id()).stream().map(Host::name).toList();
    }

    @Override
    public void add(Draft draft, HostGroup set, String name) {
        var objects = draft.objects();
        var host = Hosts.require(objects, name);
        if (host.isIn(set)) {
            throw Problem.MEMBER_IN_SET.refusal();
        }
        Hosts.requireDistinct(objects.connectionsOfHost(host.id()), objects.sharedConnections(set.id()));
        draft.join(host, set);
    }

    @Override
    public void remove(Draft draft, HostGroup set, String name) {
        var host = Hosts.require(draft.objects(), name);
        if (!host.isIn(set)) {
            throw Problem.MEMBER_NOT_IN_SET.refusal();
        }
        draft.leave(host, set);
    }

    @Override
    public void delete(Draft draft, HostGroup set) {
        var objects = draft.objects();
        if (!objects.sharedConnections(set.id()).isEmpty()
                || !objects.exportsToGroup(set.id()).isEmpty()) {
            throw Problem.EXPORTED_VLUN.refusal();
        }
        objects.hostsIn(set.id()).forEach(host -> draft.leave(host, set));
        draft.remove(set);
    }
}
