package io.stowage.engine.work;

import io.stowage.engine.journal.Failures;
import io.stowage.engine.journal.Journal;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Takes the snapshots that are due and deletes those whose time is over. What each look costs depends on what is due, not
 * on how many volumes there are. Pools don't wait for each other, and a volume whose last scheduled snapshot is still being
 * made gets no second one; after a time without a server each gets one, however many it has missed.
 */
public final class Timetable implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Timetable.class.getName());

    private final Site site;
    private final Journal journal;
    private final Schedules schedules;
    /** Pools in which a round is under way. */
    private final Set<UUID> rounds = ConcurrentHashMap.newKeySet();
    /** Volumes whose scheduled snapshot is being made here, and snapshots that are being deleted. */
    private final Set<UUID> underWay = ConcurrentHashMap.newKeySet();

    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private volatile boolean planned;
    private volatile boolean closing;

    public Timetable(Site site, Journal journal) {
        this.site = site;
        this.journal = journal;
        this.schedules = new Schedules(site.clock());
    }

    /** Looks at the clock once and begins what is due; it doesn't wait for it. */
    public void look() {
        if (!planned) {
            site.database().write(tx -> {
                schedules.followAll(tx);
                return null;
            });
            planned = true;
        }
        Set<UUID> pools = site.database().read(tx -> {
            Set<UUID> found = new HashSet<>(tx.schedules().poolsDue(site.clock().instant()));
            found.addAll(tx.snapshots().poolsExpired(site.clock().instant()));
            return found;
        });
        for (UUID pool : pools) {
            if (rounds.add(pool)) {
                begin("schedules of " + pool, () -> round(pool));
            }
        }
    }

    private void round(UUID pool) {
        try {
            new TimetableRound(this, pool).run();
        } catch (RuntimeException e) {
            LOG.log(
                    Level.WARNING,
                    "Schedules of pool " + pool + ": " + Failures.of(e).getMessage());
        } finally {
            rounds.remove(pool);
        }
    }

    void begin(String name, Runnable work) {
        Thread thread = Thread.ofVirtual().name(name).unstarted(() -> {
            try {
                work.run();
            } finally {
                threads.remove(Thread.currentThread());
            }
        });
        threads.add(thread);
        thread.start();
    }

    /** Waits for everything that was begun. */
    public void awaitQuiet() {
        while (!threads.isEmpty()) {
            for (Thread thread : threads) {
                join(thread, Duration.ofMinutes(10));
            }
        }
    }

    private static void join(Thread thread, Duration limit) {
        try {
            boolean ended = thread.join(limit);
            LOG.log(Level.TRACE, "{0} ended: {1}", thread.getName(), ended);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    Site site() {
        return site;
    }

    Journal journal() {
        return journal;
    }

    Schedules schedules() {
        return schedules;
    }

    Set<UUID> underWay() {
        return underWay;
    }

    boolean isClosing() {
        return closing;
    }

    /** Begins nothing more. What was begun is the journal's. */
    @Override
    public void close() {
        closing = true;
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!rounds.isEmpty() && System.nanoTime() < end) {
            for (Thread thread : threads) {
                join(thread, Duration.ofMillis(50));
            }
        }
    }
}
