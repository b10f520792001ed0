package io.stowage.array;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Does something again and again. The thread is never interrupted, as it may write to the store. */
final class Chores implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Chores.class.getName());

    private final ScheduledExecutorService executor;

    private Chores(String name) {
        executor = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name(name).factory());
    }

    /**
     * Does the work on a thread of its own until it is closed.
     *
     * @param name of the thread, and in the log
     * @param pause before each time
     */
    static Chores start(String name, Duration pause, Runnable work) {
        var chores = new Chores(name);
        chores.executor.scheduleWithFixedDelay(
                () -> attempt(name, work), pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
        return chores;
    }

    private static void attempt(String name, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) { // a thread boundary: the next time tries again
            LOG.log(Level.WARNING, name + " failed", e);
        }
    }

    @Override
    public void close() {
        executor.close();
    }
}
