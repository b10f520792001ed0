package io.stowage.engine.work;

import io.stowage.database.AttachmentRow;
import io.stowage.database.RowState;
import io.stowage.database.ScheduleRow;
import io.stowage.database.SnapshotRow;
import io.stowage.database.Transaction;
import io.stowage.database.VolumeRow;
import io.stowage.engine.Refused;
import io.stowage.engine.SnapshotName;
import io.stowage.engine.Started;
import io.stowage.engine.journal.Leases;
import io.stowage.engine.journal.Work;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One look at what is due in one pool. One member at a time holds the lease on it and does it all, but for volumes that
 * are attached on other members: those are left to them, because only they can let the file system stand still, unless
 * they don't come.
 */
final class TimetableRound {
    private static final System.Logger LOG = System.getLogger(TimetableRound.class.getName());
    private static final int PAGE = 100;
    /** So many operations of a pool at once. */
    private static final int WIDTH = 8;
    /** After so long a member is not waited for any more that has the volume attached. */
    private static final Duration GRACE = Duration.ofMinutes(2);

    private final Timetable timetable;
    private final Site site;
    private final UUID pool;
    private final UUID duty = UUID.randomUUID();
    private final Instant now;
    private final Semaphore slots = new Semaphore(WIDTH);

    TimetableRound(Timetable timetable, UUID pool) {
        this.timetable = timetable;
        this.site = timetable.site();
        this.pool = pool;
        this.now = site.clock().instant();
    }

    void run() {
        try {
            PoolRequests.reach(site, pool);
        } catch (Refused e) {
            // What is due stays due: it is made up for when the array is back.
            LOG.log(Level.INFO, "Schedules of pool {0} wait: {1}", pool, e.getMessage());
            return;
        }
        boolean all = takeDuty();
        try {
            if (all) {
                this.<SnapshotRow>eachPage(
                        after -> site.database().read(tx -> tx.snapshots().expired(pool, now, after, PAGE)),
                        this::expire);
            }
            this.<ScheduleRow>eachPage(
                    after -> site.database().read(tx -> tx.schedules().due(pool, now, after, PAGE)),
                    due -> take(due, all));
        } finally {
            site.database().write(tx -> {
                tx.locks().release(duty);
                return null;
            });
        }
    }

    private boolean takeDuty() {
        return site.database()
                .write(tx -> tx.locks()
                        .take(
                                "schedules " + pool,
                                site.me().id(),
                                site.me().epoch(),
                                duty,
                                now,
                                now.plus(Leases.TERM)));
    }

    private <T> void eachPage(Function<Optional<T>, List<T>> read, Consumer<T> each) {
        Optional<T> last = Optional.empty();
        while (true) {
            List<T> page = read.apply(last);
            for (T row : page) {
                if (timetable.isClosing()) {
                    return;
                }
                each.accept(row);
            }
            if (page.size() < PAGE) {
                return;
            }
            last = Optional.of(page.getLast());
        }
    }

    private void expire(SnapshotRow row) {
        start("Expiry of snapshot " + row.name(), row.id(), tx -> {
            SnapshotName name =
                    Catalog.name(tx, Catalog.volume(tx, row.volume())).snapshot(row.name());
            Instant end = Catalog.readySnapshot(tx, name).expiresAt();
            if (end == null || end.isAfter(now)) {
                throw Refused.locked("It was given more time");
            }
            return SnapshotDelete.intend(site, tx, name);
        });
    }

    private void take(ScheduleRow due, boolean all) {
        List<UUID> members = site.database().read(tx -> tx.attachments().list(due.volume())).stream()
                .filter(use -> use.snapshot() == null)
                .map(AttachmentRow::member)
                .toList();
        boolean late = !due.dueAt().plus(GRACE).isAfter(now);
        boolean mine = members.contains(site.me().id()) || (all && (members.isEmpty() || late));
        if (!mine) {
            return;
        }
        SnapshotIntent intent = SnapshotIntent.now(site);
        boolean broken = !start("Scheduled snapshot of volume " + due.volume(), due.volume(), tx -> {
            VolumeRow volume = Catalog.volume(tx, due.volume());
            boolean busy = tx.snapshots().everything(due.volume()).stream()
                    .anyMatch(snapshot -> snapshot.state() == RowState.CREATING);
            if (busy || !timetable.schedules().advance(tx, due)) {
                throw Refused.locked("It is being taken already");
            }
            return intent.scheduled(tx, Catalog.name(tx, volume));
        });
        if (broken) {
            site.database().write(tx -> timetable.schedules().advance(tx, due));
        }
    }

    /**
     * Begins something, once there are not too many under way.
     *
     * @param id of what it is about, which is left alone while it is under way
     * @return false when it can't be begun, and will not be by waiting
     */
    private <T extends @Nullable Object> boolean start(String what, UUID id, Function<Transaction, Work<T>> intend) {
        if (!timetable.underWay().add(id)) {
            return true;
        }
        if (!awaitSlot()) {
            timetable.underWay().remove(id);
            return true;
        }
        try {
            Started<T> started = timetable.journal().start(intend);
            timetable.begin(what, () -> watch(what, id, started));
            return true;
        } catch (Refused e) {
            free(id);
            boolean passes = switch (e.kind()) {
                case LOCKED, NOT_FOUND, UNAVAILABLE, IN_USE -> true;
                default -> false;
            };
            LOG.log(passes ? Level.DEBUG : Level.WARNING, what + ": " + e.getMessage());
            return passes;
        }
    }

    /** @return false when the server ends */
    private boolean awaitSlot() {
        try {
            while (!slots.tryAcquire(100, TimeUnit.MILLISECONDS)) {
                if (timetable.isClosing()) {
                    return false;
                }
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void watch(String what, UUID id, Started<?> started) {
        try {
            started.await();
        } catch (Refused e) {
            LOG.log(Level.WARNING, what + " failed: " + e.getMessage());
        } finally {
            free(id);
        }
    }

    private void free(UUID id) {
        timetable.underWay().remove(id);
        slots.release();
    }
}
