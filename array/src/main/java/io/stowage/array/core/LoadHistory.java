package io.stowage.array.core;

import io.stowage.array.core.Meter.Path;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * What was read and written lately, in memory only. May be used by several threads. Kept are seconds of the array and
 * its portals for an hour, and half minutes of everything for a day, or less when very much is busy.
 */
public final class LoadHistory {
    /** How often somebody has to call {@link Estate#measure} for the figures to be fine. */
    public static final Duration FINEST = Duration.ofSeconds(1);

    /** The length of the intervals that know volumes and hosts, but for the latest. */
    public static final Duration COARSE = Duration.ofSeconds(30);

    private static final Duration FINE_KEPT = Duration.ofHours(1);
    private static final Duration COARSE_KEPT = Duration.ofDays(1);

    /** Some 50 bytes each. */
    private static final int MOST_ENTRIES = 500_000;

    private final Deque<Interval> fine = new ArrayDeque<>();
    private final Deque<Interval> coarse = new ArrayDeque<>();
    private Interval latest;
    private Totals before = new Totals(Map.of(), Map.of());
    private int entries;

    /**
     * Everything counted since the array's start.
     *
     * @param volumes by id
     * @param paths by initiator and portal
     */
    record Totals(Map<UUID, Load> volumes, Map<Path, Load> paths) {}

    LoadHistory(Instant now) {
        this.latest = Interval.empty(now);
    }

    /** Whether the latest interval is old enough for another one. */
    synchronized boolean isDue(Instant now) {
        return !now.isBefore(latest.end().plus(FINEST));
    }

    /** Ends an interval. */
    synchronized void add(Instant now, Totals totals, Function<String, Optional<UUID>> hostOf) {
        var hosts = new HashMap<UUID, Load>();
        var portals = new HashMap<InetSocketAddress, Load>();
        difference(totals.paths(), before.paths()).forEach((path, load) -> {
            hostOf.apply(path.initiator()).ifPresent(host -> hosts.merge(host, load, Load::plus));
            portals.merge(path.portal(), load, Load::plus);
        });
        var volumes = difference(totals.volumes(), before.volumes());
        latest = new Interval(latest.end(), now, volumes, hosts, portals);
        before = totals;
        fine.addLast(latest.withoutObjects());
        while (fine.getFirst().end().isBefore(now.minus(FINE_KEPT))) {
            fine.removeFirst();
        }
        addCoarse(now);
    }

    private void addCoarse(Instant now) {
        var last = coarse.peekLast();
        if (last != null && slot(last, COARSE) == slot(latest, COARSE)) {
            coarse.removeLast();
            entries -= last.size();
            last = last.with(latest);
        } else {
            last = latest;
        }
        coarse.addLast(last);
        entries += last.size();
        while (entries > MOST_ENTRIES && coarse.size() > 1
                || coarse.getFirst().end().isBefore(now.minus(COARSE_KEPT))) {
            entries -= coarse.removeFirst().size();
        }
    }

    private static <K> Map<K, Load> difference(Map<K, Load> now, Map<K, Load> before) {
        var difference = new HashMap<K, Load>();
        now.forEach((key, load) -> {
            var more = load.minus(before.getOrDefault(key, Load.NONE));
            if (more.reads() > 0 || more.writes() > 0) {
                difference.put(key, more);
            }
        });
        return difference;
    }

    /** The latest interval, about a second long; empty in an array that has just begun. */
    public synchronized Interval latest() {
        return latest;
    }

    /**
     * What is still known of a time, in intervals that end after {@code start} and not after {@code end}.
     *
     * @param resolution how long they should be; below {@link #COARSE} they know nothing of volumes and hosts
     */
    public synchronized List<Interval> between(Instant start, Instant end, Duration resolution) {
        var found = new ArrayList<Interval>();
        for (var interval : resolution.compareTo(COARSE) < 0 ? fine : coarse) {
            if (!interval.end().isAfter(start) || interval.end().isAfter(end)) {
                continue;
            }
            if (!found.isEmpty() && slot(found.getLast(), resolution) == slot(interval, resolution)) {
                found.add(found.removeLast().with(interval));
            } else {
                found.add(interval);
            }
        }
        return found;
    }

    /** The number of the stretch of this length, counted from 1970, in which the interval ends. */
    private static long slot(Interval interval, Duration length) {
        return Math.floorDiv(interval.end().toEpochMilli() - 1, length.toMillis());
    }
}
