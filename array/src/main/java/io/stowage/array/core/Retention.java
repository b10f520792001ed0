package io.stowage.array.core;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * How long snapshots are kept.
 *
 * @param all for this long, all of them
 * @param days for so many days more, some of them
 * @param perDay so many of each day (of UTC): the oldest of each of as many equal parts of the day
 */
public record Retention(Duration all, int days, int perDay) {
    private static final long DAY = Duration.ofDays(1).toMillis();

    /** Whether this keeps everything at least as long as the other does. */
    public boolean keepsAsLongAs(Retention other) {
        return all.compareTo(other.all) >= 0 && days >= other.days && perDay >= other.perDay;
    }

    /** Which of these are not to be kept any longer, oldest first. */
    public List<GroupSnapshot> exceeded(Collection<GroupSnapshot> snapshots, Instant now) {
        var taken = new HashSet<Part>();
        var exceeded = new ArrayList<GroupSnapshot>();
        for (var snapshot : byAge(snapshots)) {
            var isFirst = perDay > 0 && taken.add(part(snapshot.created()));
            var isKept = isFirst ? end(snapshot) : endOfAll(snapshot);
            if (!isKept.isAfter(now)) {
                exceeded.add(snapshot);
            }
        }
        return exceeded;
    }

    /** When one of these will be exceeded, unless others come or go; empty when there are none. */
    public Optional<Instant> nextExceeded(Collection<GroupSnapshot> snapshots) {
        var taken = new HashSet<Part>();
        return byAge(snapshots).stream()
                .map(snapshot -> perDay > 0 && taken.add(part(snapshot.created())) ? end(snapshot) : endOfAll(snapshot))
                .min(Comparator.naturalOrder());
    }

    private static List<GroupSnapshot> byAge(Collection<GroupSnapshot> snapshots) {
        return snapshots.stream()
                .sorted(Comparator.comparing(GroupSnapshot::created))
                .toList();
    }

    private Instant endOfAll(GroupSnapshot snapshot) {
        return snapshot.created().plus(all);
    }

    private Instant end(GroupSnapshot snapshot) {
        return endOfAll(snapshot).plus(days, ChronoUnit.DAYS);
    }

    /** One of the equal parts of a day, each of which keeps one snapshot. */
    private record Part(long day, long number) {}

    private Part part(Instant created) {
        var millis = created.toEpochMilli();
        return new Part(Math.floorDiv(millis, DAY), Math.floorMod(millis, DAY) * perDay / DAY);
    }
}
