package io.stowage.array.store;

import java.lang.System.Logger.Level;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Takes the steps as soon as they are due. Never interrupted: it does I/O. */
final class HousekeepingThread implements Housekeeper {
    private static final System.Logger LOG = System.getLogger(HousekeepingThread.class.getName());

    private final Housekeeping housekeeping;
    private final Commits commits;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Thread thread;
    private boolean woken;
    private boolean idle;
    private boolean stopping;

    HousekeepingThread(Housekeeping housekeeping, Commits commits) {
        this.housekeeping = housekeeping;
        this.commits = commits;
        this.thread = Thread.ofPlatform().daemon().name("store-housekeeping").unstarted(this::run);
    }

    @Override
    public void wake() {
        lock.lock();
        try {
            wakeLocked();
        } finally {
            lock.unlock();
        }
    }

    private void wakeLocked() {
        woken = true;
        idle = false;
        if (thread.getState() == Thread.State.NEW && !stopping) {
            thread.start();
        }
        changed.signalAll();
    }

    @Override
    public void drain() {
        lock.lock();
        try {
            wakeLocked();
            while (!idle && !stopping) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void awaitCount() {
        lock.lock();
        try {
            while (!housekeeping.hasCounted() && !stopping) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void stop() {
        lock.lock();
        try {
            stopping = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            work();
        } finally {
            lock.lock();
            try {
                stopping = true;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    private void work() {
        while (awaitWork()) {
            try {
                while (!isStopping() && housekeeping.isDue()) {
                    boolean counted = housekeeping.hasCounted();
                    housekeeping.step(commits);
                    if (!counted && housekeeping.hasCounted()) {
                        announce();
                    }
                }
            } catch (StoreException e) {
                LOG.log(Level.WARNING, "the store''s housekeeping waits for the next change: {0}", e.getMessage());
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "the store's housekeeping failed", e);
            }
        }
    }

    private void announce() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until woken; false when it is time to stop. */
    private boolean awaitWork() {
        lock.lock();
        try {
            while (!woken && !stopping) {
                idle = true;
                changed.signalAll();
                changed.awaitUninterruptibly();
            }
            woken = false;
            return !stopping;
        } finally {
            lock.unlock();
        }
    }

    private boolean isStopping() {
        lock.lock();
        try {
            return stopping;
        } finally {
            lock.unlock();
        }
    }
}
