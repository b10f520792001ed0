package io.stowage.array.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes things durable, one round at a time. Who comes while a round runs waits for the next one, which
 * one of the waiters carries out for all: however many flush, each sync serves all who waited for it.
 *
 * <p>A round: end the generation in memory; sync the data; write pages and blob to places that the last
 * commit doesn't use and sync them; write the superblock and sync it. If nothing but data in place was
 * written, the first sync is all.
 */
final class Commits {
    private static final int BATCH = 256;

    private final Metadata metadata;
    private final Disk disk;
    private final Superblocks superblocks;
    private final Consumer<Frees> durable;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();
    private Round next = new Round();
    private boolean running;

    /** Frozen, but not written for lack of space: goes first in the next round. Touched by rounds only. */
    private Metadata.@Nullable Frozen unwritten;

    private volatile boolean dataWritten;
    private volatile @Nullable StoreFailed failure;

    Commits(Metadata metadata, Disk disk, Consumer<Frees> durable) {
        this.metadata = metadata;
        this.disk = disk;
        this.superblocks = new Superblocks(disk.metadata());
        this.durable = durable;
    }

    private static final class Round {
        boolean done;

        @Nullable
        StoreException failure;
    }

    /** To be called after each write of data and before it is acknowledged. */
    void dataWritten() {
        if (!dataWritten) {
            dataWritten = true;
        }
    }

    /** Ends writing: after a failed sync, or when the store was closed. */
    void requireWorking() {
        StoreFailed failed = failure;
        if (failed != null) {
            throw new StoreFailed(failed.getMessage(), failed);
        }
    }

    void fail(StoreFailed cause) {
        if (failure == null) {
            failure = cause;
        }
    }

    /** Makes everything durable that was done before the call. */
    void flush() {
        Round mine = join();
        if (mine.failure != null) {
            throw mine.failure instanceof StoreFull full
                    ? new StoreFull(full.getMessage(), full)
                    : new StoreFailed(mine.failure.getMessage(), mine.failure);
        }
    }

    private Round join() {
        lock.lock();
        try {
            Round mine = next;
            while (!mine.done) {
                if (running) {
                    ended.awaitUninterruptibly();
                } else {
                    lead(mine);
                }
            }
            return mine;
        } finally {
            lock.unlock();
        }
    }

    private void lead(Round round) {
        running = true;
        next = new Round();
        lock.unlock();
        @Nullable StoreException failed = null;
        try {
            commit();
        } catch (StoreException e) {
            failed = e;
        } catch (RuntimeException | Error e) {
            failed = new StoreFailed("the commit failed: " + e, e);
            fail((StoreFailed) failed);
            throw e;
        } finally {
            lock.lock();
            round.failure = failed;
            round.done = true;
            running = false;
            ended.signalAll();
        }
    }

    private void commit() {
        requireWorking();
        if (unwritten != null) {
            write(unwritten);
            unwritten = null;
        }
        Metadata.Frozen frozen = freeze();
        if (frozen.superblock() != null) {
            unwritten = frozen;
        }
        write(frozen);
        unwritten = null;
    }

    private Metadata.Frozen freeze() {
        metadata.lock.lock();
        try {
            return metadata.freeze();
        } finally {
            metadata.lock.unlock();
        }
    }

    private void write(Metadata.Frozen frozen) {
        if (dataWritten) {
            dataWritten = false;
            sync(disk.data());
        }
        Superblock superblock = frozen.superblock();
        if (superblock != null) {
            writePages(frozen);
            sync(disk.metadata());
            publish(superblock);
            frozen.pages().forEach(page -> page.durable = true);
        }
        if (!frozen.frees().isEmpty()) {
            durable.accept(frozen.frees());
        }
    }

    private void writePages(Metadata.Frozen frozen) {
        try {
            Blob blob = frozen.blob();
            if (blob != null) {
                disk.metadata().write(blob.place().address() * Format.PAGE, blob.write());
            }
            List<Page> pages = new ArrayList<>(frozen.pages());
            pages.sort(Comparator.comparingLong(page -> page.address));
            for (int from = 0; from < pages.size(); ) {
                int to = from + 1;
                while (to < pages.size()
                        && to - from < BATCH
                        && pages.get(to).address == pages.get(to - 1).address + 1) {
                    to++;
                }
                writeNeighbours(pages.subList(from, to));
                from = to;
            }
        } catch (IOException e) {
            if (NoSpace.is(e)) {
                throw new StoreFull("the file system below the store has no space for metadata", e);
            }
            throw failed("can't write metadata", e);
        }
    }

    private void writeNeighbours(List<Page> pages) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(pages.size() * Format.PAGE);
        pages.forEach(page -> page.write(bytes));
        disk.metadata().write(pages.getFirst().address * Format.PAGE, bytes.flip());
    }

    private void publish(Superblock superblock) {
        try {
            superblocks.write(superblock);
        } catch (IOException e) {
            throw failed("can't write the superblock", e);
        }
        sync(disk.metadata());
    }

    private void sync(BlockFile file) {
        try {
            file.force();
        } catch (IOException e) {
            throw failed("can't sync the disk", e);
        }
    }

    private StoreFailed failed(String what, IOException cause) {
        StoreFailed failed = new StoreFailed(what + ": " + cause.getMessage(), cause);
        fail(failed);
        return failed;
    }
}
