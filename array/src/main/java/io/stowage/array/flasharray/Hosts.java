package io.stowage.array.flasharray;

import io.stowage.array.core.Connection;
import io.stowage.array.core.Estate;
import io.stowage.array.core.Host;
import io.stowage.array.core.HostGroup;
import io.stowage.array.core.Objects;
import io.stowage.array.core.Usage;
import io.stowage.web.json.Json;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Hosts as they are found and shown. What changes them is in {@link HostCalls}. */
final class Hosts implements Resource<Host> {
    private final Estate estate;
    private final Identity identity;
    private final PortConnectivity connectivity;

    Hosts(Estate estate, Identity identity, PortConnectivity connectivity) {
        this.estate = estate;
        this.identity = identity;
        this.connectivity = connectivity;
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
        item.set("host_group", References.toName(HostGroups.of(objects, host).map(HostGroup::name)));
        item.set("iqns", array(initiators.iqns()));
        item.set("nqns", array(initiators.nqns()));
        item.set("wwns", array(initiators.wwns()));
        item.put("connection_count", connections.size());
        item.set("chap", Chap.describe(host.chap()));
        item.set("port_connectivity", connectivity.of(host));
        HostOptions.describe(objects, host, identity.id(), version, item);
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
                .map(volume -> SpaceFigures.of(objects, usage, volume))
                .reduce(SpaceFigures.NONE, SpaceFigures::plus);
    }

    private static ArrayNode array(List<String> names) {
        var array = Json.array();
        names.forEach(array::add);
        return array;
    }
}
