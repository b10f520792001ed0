package io.stowage.driver.pure;

import io.stowage.driver.ArrayUnreachable;
import io.stowage.driver.ObjectExists;
import io.stowage.driver.ObjectMissing;
import io.stowage.driver.rest.Call;
import io.stowage.model.ArrayName;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Which hosts see which volumes of a pod. */
final class Connections {
    private static final System.Logger LOG = System.getLogger(Connections.class.getName());
    private static final String PATH = "connections";

    private final Rest rest;
    private final Pod pod;
    /** What we have connected, by host: a host with more of it stays, so that nobody has to look. */
    private final Map<String, Set<ArrayName>> made = new ConcurrentHashMap<>();

    Connections(Rest rest, Pod pod) {
        this.rest = rest;
        this.pod = pod;
    }

    /**
     * Connects, and gives the unit number.
     *
     * @throws ObjectMissing if host or volume is not there (any more)
     */
    int connect(String host, ArrayName volume) {
        var call = Call.post("connect volume \"%s\" to host \"%s\"".formatted(pod.volume(volume), host), PATH);
        try {
            return made(host, volume, unit(rest.made(pair(call, host, volume), Items.Connection.class)));
        } catch (ObjectExists e) {
            var look = Call.get(
                    "look at the connection of volume \"%s\" to host \"%s\"".formatted(pod.volume(volume), host), PATH);
            return made(host, volume, unit(rest.made(pair(look, host, volume), Items.Connection.class)));
        }
    }

    private int made(String host, ArrayName volume, int unit) {
        made.computeIfAbsent(host, _ -> ConcurrentHashMap.newKeySet()).add(volume);
        return unit;
    }

    /** Whether we have connected the host to the volume, and to another one of the pool that it still has. */
    boolean isOneOfOurs(String host, ArrayName volume) {
        var ours = made.getOrDefault(host, Set.of());
        return ours.contains(volume) && ours.size() > 1;
    }

    /** Whether there was such a connection. */
    boolean disconnect(String host, ArrayName volume) {
        made.getOrDefault(host, new HashSet<>()).remove(volume);
        var call = Call.delete("disconnect volume \"%s\" from host \"%s\"".formatted(pod.volume(volume), host), PATH);
        try {
            rest.run(pair(call, host, volume));
            return true;
        } catch (ObjectMissing e) {
            return false;
        }
    }

    /** All that a host is connected to, in all pods. */
    List<Items.Connection> of(String host) {
        var call = Call.get("list the connections of host \"%s\"".formatted(host), PATH)
                .with("host_names", host);
        try {
            return rest.items(call, Items.Connection.class);
        } catch (ObjectMissing e) {
            return List.of();
        }
    }

    /** Disconnects a volume from whatever it is connected to. */
    void dropAll(ArrayName volume) {
        var call = Call.get("list the connections of volume \"%s\"".formatted(pod.volume(volume)), PATH)
                .with("volume_names", pod.volume(volume));
        for (var connection : rest.items(call, Items.Connection.class)) {
            var group = Items.Reference.nameOf(connection.group());
            var host = Items.Reference.nameOf(connection.host());
            LOG.log(
                    System.Logger.Level.WARNING,
                    "volume {0} was still connected to {1}",
                    pod.volume(volume),
                    group.isEmpty() ? host : group);
            if (group.isEmpty()) disconnect(host, volume);
            else disconnectGroup(group, volume);
        }
    }

    private void disconnectGroup(String group, ArrayName volume) {
        try {
            rest.run(Call.delete(
                            "disconnect volume \"%s\" from host group \"%s\"".formatted(pod.volume(volume), group),
                            PATH)
                    .with("host_group_names", group)
                    .with("volume_names", pod.volume(volume)));
        } catch (ObjectMissing e) {
            // gone already: a group is listed once for each of its hosts
        }
    }

    private Call pair(Call call, String host, ArrayName volume) {
        return call.with("host_names", host).with("volume_names", pod.volume(volume));
    }

    static int unit(Items.Connection connection) {
        var number = connection.lun() != null ? connection.lun() : connection.nsid();
        if (number == null || number < 0 || number > Integer.MAX_VALUE)
            throw new ArrayUnreachable(
                    "The array gives the connection of volume \"%s\" no unit number"
                            .formatted(Items.Reference.nameOf(connection.volume())),
                    null);
        return number.intValue();
    }
}
