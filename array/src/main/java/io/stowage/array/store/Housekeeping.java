package io.stowage.array.store;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What is done in the background, in small steps: counting after opening, taking dead trees apart,
 * giving freed chunks back to the file system and then to new writes. Steps are taken by one thread at
 * a time.
 */
final class Housekeeping {
    private static final System.Logger LOG = System.getLogger(Housekeeping.class.getName());
    private static final int REAP_AT_ONCE = 32;
    private static final int MANY_CHUNKS = 256;

    private final Metadata metadata;
    private final BlockFile data;
    private final Grace grace;
    private final Scan scan;
    private final ConcurrentLinkedQueue<Frees> durable = new ConcurrentLinkedQueue<>();
    private final AtomicLong moment = new AtomicLong();
    private volatile boolean commitWanted;
    private volatile boolean scanBroken;
    private boolean punches = true;

    Housekeeping(Metadata metadata, BlockFile data, Grace grace) {
        this.metadata = metadata;
        this.data = data;
        this.grace = grace;
        this.scan = new Scan(metadata);
    }

    /** A commit is durable and the state on disk leads to these no more. */
    void durable(Frees frees) {
        durable.add(frees);
    }

    /** Whether there is something to do. */
    boolean isDue() {
        metadata.lock.lock();
        try {
            return !durable.isEmpty() || !metadata.dead.isEmpty() || (!scan.isDone() && !scanBroken) || isCommitDue();
        } finally {
            metadata.lock.unlock();
        }
    }

    /** Whether references are counted, or never will be as metadata is damaged. */
    boolean hasCounted() {
        return scan.isDone() || scanBroken;
    }

    /** Beginnings and ends of steps until now: odd while one is taken. */
    long moment() {
        return moment.get();
    }

    /** Whether space has come back since a moment, or may when the housekeeping goes on. */
    boolean promisesSpaceSince(long past) {
        metadata.lock.lock();
        try {
            return isDue() || metadata.frees().chunks().count() > 0 || past % 2 == 1 || moment() != past;
        } finally {
            metadata.lock.unlock();
        }
    }

    private boolean isCommitDue() {
        return commitWanted && !metadata.frees().isEmpty()
                || metadata.frees().chunks().count() >= MANY_CHUNKS;
    }

    /** Does one small thing, if there is one. */
    void step(Commits commits) {
        moment.incrementAndGet();
        try {
            take(commits);
        } finally {
            moment.incrementAndGet();
        }
    }

    private void take(Commits commits) {
        Frees frees = durable.poll();
        if (frees != null) {
            giveBack(frees);
        } else if (reap()) {
            return;
        } else if (!scan.isDone() && !scanBroken) {
            scan();
        } else if (isDue()) {
            commitWanted = false;
            commits.flush();
        }
    }

    private void giveBack(Frees frees) {
        // A reader may have looked up a chunk before it was freed and read it only now.
        grace.await();
        if (punches) {
            punch(frees.chunks());
        }
        metadata.lock.lock();
        try {
            metadata.giveBack(frees);
        } finally {
            metadata.lock.unlock();
        }
    }

    private void punch(Addresses chunks) {
        try {
            chunks.forEach(run -> data.punch(run.start() * Format.CHUNK, run.length() * Format.CHUNK));
        } catch (IOException e) {
            punches = false;
            LOG.log(Level.WARNING, "the file system below the store takes no space back: {0}", e.getMessage());
        }
    }

    private boolean reap() {
        boolean reaped = false;
        for (int i = 0; i < REAP_AT_ONCE; i++) {
            Pointer pointer = nextDead();
            if (pointer == null) {
                return reaped;
            }
            reaped = true;
            takeApart(pointer);
        }
        return reaped;
    }

    private @Nullable Pointer nextDead() {
        metadata.lock.lock();
        try {
            return metadata.dead.poll();
        } finally {
            metadata.lock.unlock();
        }
    }

    private void takeApart(Pointer pointer) {
        Page page;
        try {
            page = metadata.cache.load(pointer);
        } catch (StoreException e) {
            LOG.log(Level.ERROR, "space below a deleted volume stays taken: {0}", e.getMessage());
            return;
        }
        metadata.lock.lock();
        try {
            int referrer = Math.toIntExact(page.address);
            page.visit(new Page.Visitor() {
                @Override
                public void chunk(long chunk) {
                    metadata.releaseChunk(chunk, referrer);
                }

                @Override
                public void page(Pointer below) {
                    metadata.release(below, referrer);
                }
            });
            metadata.freePage(pointer.address());
            commitWanted = true;
        } finally {
            metadata.lock.unlock();
        }
    }

    private void scan() {
        try {
            scan.step();
            commitWanted = scan.isDone();
        } catch (RuntimeException e) { // whoever waits for the count must not wait for ever
            scanBroken = true;
            LOG.log(
                    Level.ERROR,
                    "the store gives no old space back until it is repaired; check it: {0}",
                    e.getMessage());
        }
    }
}
