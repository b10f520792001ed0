package io.stowage.array.wsapi.vlun;

import io.stowage.array.core.Connection;
import io.stowage.array.core.HostGroup;
import io.stowage.array.core.Objects;
import io.stowage.array.core.SetExport;
import io.stowage.array.wsapi.host.Hosts;
import io.stowage.array.wsapi.query.MemberQuery;
import io.stowage.array.wsapi.volume.Volumes;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What a query of VLUNs may be about: those of one volume or one host are found without looking at all others, as clients
 * ask for them all the time.
 *
 * @param exports of volume sets
 */
record Selection(Collection<Connection> connections, Collection<SetExport> exports) {
    private static final Selection NOTHING = new Selection(List.of(), List.of());

    static Selection of(Objects objects, Vlun vlun) {
        return switch (vlun) {
            case Vlun.OfVolume(Connection connection) -> new Selection(List.of(connection), List.of());
            case Vlun.OfSet(SetExport export) -> new Selection(objects.connectionsOf(export), List.of(export));
        };
    }

    static Selection by(Objects objects, MemberQuery query) {
        return query.required("volumeName")
                .map(name -> ofVolumes(objects, name))
                .or(() -> query.required("hostname").map(name -> ofHosts(objects, name)))
                .orElseGet(() -> new Selection(objects.connections(), objects.setExports()));
    }

    private static Selection ofVolumes(Objects objects, String name) {
        return inSet(name)
                .map(set ->
                        objects.volumeSet(set).map(found -> new Selection(List.of(), objects.exportsOfSet(found.id()))))
                .orElseGet(() -> Volumes.find(objects, name)
                        .map(volume -> new Selection(objects.connectionsOfVolume(volume.id()), List.of())))
                .orElse(NOTHING);
    }

    private static Selection ofHosts(Objects objects, String name) {
        return inSet(name)
                .map(set -> objects.hostGroup(set).map(HostGroup::id).map(id -> ofGroup(objects, id)))
                .orElseGet(() -> objects.host(name)
                        .map(host ->
                                new Selection(objects.connectionsOfHost(host.id()), objects.exportsToHost(host.id()))))
                .orElse(NOTHING);
    }

    private static Selection ofGroup(Objects objects, UUID group) {
        return new Selection(objects.sharedConnections(group), objects.exportsToGroup(group));
    }

    /** The name of a set, where one is meant. */
    private static Optional<String> inSet(String name) {
        return name.startsWith(Hosts.SET) ? Optional.of(name.substring(Hosts.SET.length())) : Optional.empty();
    }
}
