package io.stowage.array.net;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Where commands go that wait for the disk: a few platform threads for all connections. Its threads never touch a
 * socket, so that a peer that doesn't read can't hold them up, and are never interrupted.
 */
public final class SlowLane {
    /** Enough to fill a group commit; more would only wait for the same disk. */
    private static final int THREADS = 16;

    private static final int QUEUE = 8192;

    private final ThreadPoolExecutor pool;

    /** @param name of the front end, for its threads */
    public SlowLane(String name) {
        pool = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                10,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(QUEUE),
                Thread.ofPlatform().daemon().name(name + "-slow-", 0).factory());
        pool.allowCoreThreadTimeOut(true);
    }

    /** Has the work done some time; false if there is too much to do already. */
    public boolean offer(Runnable work) {
        try {
            pool.execute(work);
            return true;
        } catch (RejectedExecutionException full) {
            return false;
        }
    }

    /** Takes no more work. What is under way goes on to its end. */
    public void close() {
        pool.shutdown();
    }
}
