package io.stowage.array.core;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * What was read and written between two moments. Who did nothing is in none of the maps.
 *
 * @param volumes by the id of the volume
 * @param hosts by the id of the host object that owned the initiator at that time
 * @param portals by the address at which the front end listens
 */
public record Interval(
        Instant start,
        Instant end,
        Map<UUID, Load> volumes,
        Map<UUID, Load> hosts,
        Map<InetSocketAddress, Load> portals) {
    public Interval {
        volumes = Map.copyOf(volumes);
        hosts = Map.copyOf(hosts);
        portals = Map.copyOf(portals);
    }

    static Interval empty(Instant at) {
        return new Interval(at, at, Map.of(), Map.of(), Map.of());
    }

    public Duration length() {
        return Duration.between(start, end);
    }

    /** Of the whole array. */
    public Load array() {
        return portals.values().stream().reduce(Load.NONE, Load::plus);
    }

    public Load ofVolume(UUID volume) {
        return volumes.getOrDefault(volume, Load.NONE);
    }

    public Load ofHost(UUID host) {
        return hosts.getOrDefault(host, Load.NONE);
    }

    public Load ofPortal(InetSocketAddress portal) {
        return portals.getOrDefault(portal, Load.NONE);
    }

    /** This one and a later one together. */
    Interval with(Interval later) {
        return new Interval(
                start, later.end, sum(volumes, later.volumes), sum(hosts, later.hosts), sum(portals, later.portals));
    }

    /** Without what would make a long history of it expensive. */
    Interval withoutObjects() {
        return new Interval(start, end, Map.of(), Map.of(), portals);
    }

    private static <K> Map<K, Load> sum(Map<K, Load> a, Map<K, Load> b) {
        var sum = new HashMap<>(a);
        b.forEach((key, load) -> sum.merge(key, load, Load::plus));
        return sum;
    }

    /** What its maps weigh in memory: their entries. */
    int size() {
        return volumes.size() + hosts.size() + portals.size();
    }
}
