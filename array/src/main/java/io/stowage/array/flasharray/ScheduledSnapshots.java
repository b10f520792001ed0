package io.stowage.array.flasharray;

import io.stowage.array.core.Draft;
import io.stowage.array.core.Estate;
import io.stowage.array.core.GroupSnapshot;
import io.stowage.array.core.Objects;
import io.stowage.array.core.ProtectionGroup;
import io.stowage.array.core.Volume;
import io.stowage.array.store.StoreException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Takes the snapshots that schedules want, and lets go of those that were kept for long enough. What was missed while
 * the array was off is not made up for: one snapshot is taken, and the schedule goes on in its step.
 */
final class ScheduledSnapshots {
    private static final Logger LOG = System.getLogger(ScheduledSnapshots.class.getName());

    /** So much is done at once, so that requests don't wait for all of it; the rest follows with the next run. */
    private static final int GROUPS_PER_RUN = 16;

    private static final int SNAPSHOTS_PER_RUN = 100;

    /** How long to wait when the store would not take it. */
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final Estate estate;
    private final Identity identity;
    private volatile Instant pausedUntil = Instant.MIN;

    ScheduledSnapshots(Estate estate, Identity identity) {
        this.estate = estate;
        this.identity = identity;
    }

    /** Does what is due, or some of it. */
    void run() {
        var now = estate.time().instant();
        if (now.isBefore(pausedUntil)) {
            return;
        }
        for (var group : estate.read(objects -> objects.protectionGroupsDue(now, GROUPS_PER_RUN))) {
            try {
                estate.change(draft -> run(draft, group.id()));
            } catch (StoreException e) { // a full array still has to answer
                LOG.log(Level.WARNING, "The schedule of protection group " + group.name() + " could not be kept", e);
                pausedUntil = now.plus(PAUSE);
                return;
            }
        }
    }

    /** Whether there was anything to do; another run may have been quicker. */
    private boolean run(Draft draft, UUID id) {
        var found = draft.objects().protectionGroup(id);
        var isDue = found.flatMap(ProtectionGroup::due)
                .filter(due -> !due.isAfter(draft.now()))
                .isPresent();
        if (isDue) {
            var group = found.get();
            var due = group.snapshotDue().filter(time -> !time.isAfter(draft.now()));
            if (due.isPresent()) {
                take(draft, group, Optional.empty(), true, Optional.empty());
                group = current(draft, id);
                group = group.withSnapshotDue(group.protection().snapshots().next(due.get(), draft.now()));
            }
            thin(draft, group);
            draft.put(thinnedAgain(draft.objects(), group));
        }
        return isDue;
    }

    private static ProtectionGroup current(Draft draft, UUID id) {
        return draft.objects().protectionGroup(id).orElseThrow();
    }

    private static void thin(Draft draft, ProtectionGroup group) {
        var live = live(draft.objects(), group).toList();
        var ended = live.stream()
                .filter(snapshot -> snapshot.until()
                        .filter(end -> !end.isAfter(draft.now()))
                        .isPresent())
                .limit(SNAPSHOTS_PER_RUN)
                .toList();
        ended.forEach(draft::eradicate);
        retention(group, live, draft.now()).stream()
                .limit(SNAPSHOTS_PER_RUN)
                .forEach(snapshot -> draft.destroy(snapshot, SafeMode.end(draft, snapshot)));
    }

    private static List<GroupSnapshot> retention(ProtectionGroup group, List<GroupSnapshot> live, Instant now) {
        var retained = live.stream().filter(GroupSnapshot::isRetained).toList();
        return group.protection().retention().exceeded(retained, now);
    }

    private static Stream<GroupSnapshot> live(Objects objects, ProtectionGroup group) {
        return objects.groupSnapshotsOf(group.id()).stream().filter(snapshot -> !snapshot.isDestroyed());
    }

    /** The group with the time when one of its snapshots ends next. */
    static ProtectionGroup thinnedAgain(Objects objects, ProtectionGroup group) {
        var live = live(objects, group).toList();
        var retained = live.stream().filter(GroupSnapshot::isRetained).toList();
        var ends = Stream.concat(
                group.protection().retention().nextExceeded(retained).stream(),
                live.stream().flatMap(snapshot -> snapshot.until().stream()));
        return group.withThinningDue(ends.min(Comparator.naturalOrder()));
    }

    /**
     * Snapshots all volumes of the group at one instant.
     *
     * @param suffix a free one; empty to count
     * @param isRetained whether the group's retention ends it
     * @param until when it ends in any case
     */
    GroupSnapshot take(
            Draft draft, ProtectionGroup group, Optional<String> suffix, boolean isRetained, Optional<Instant> until) {
        var counted = group;
        if (suffix.isEmpty()) {
            counted = group.withLastNumber(nextNumber(draft.objects(), group));
        }
        var name = suffix.orElse(Long.toString(counted.lastNumber()));
        var whole = new GroupSnapshot(
                UUID.randomUUID(), group.id(), name, draft.now(), isRetained, until, Optional.empty());
        var names = new LinkedHashMap<Volume, String>();
        for (var volume : ProtectionGroups.volumes(draft.objects(), group)) {
            names.put(
                    volume,
                    PodName.parse(Volumes.fullName(draft.objects(), volume)).local());
        }
        draft.snapshot(whole, names, () -> identity.nextSerial(draft));
        draft.put(thinnedAgain(draft.objects(), counted));
        return whole;
    }

    /** Behind all numbers that were used before, by counting or by choice. */
    private static long nextNumber(Objects objects, ProtectionGroup group) {
        var number = group.lastNumber() + 1;
        while (objects.groupSnapshot(group.id(), Long.toString(number)).isPresent()) {
            number++;
        }
        return number;
    }
}
