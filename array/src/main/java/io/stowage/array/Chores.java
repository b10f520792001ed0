package io.stowage.array;

import java.lang.System.Logger.Level;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Does once a minute what time brings. The thread is never interrupted, as it writes to the store. */
final class Chores implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Chores.class.getName());

    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("chores").factory());

    private Chores() {}

    static Chores start(Runnable work) {
        var chores = new Chores();
        chores.executor.scheduleWithFixedDelay(() -> attempt(work), 1, 1, TimeUnit.MINUTES);
        return chores;
    }

    private static void attempt(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) { // a thread boundary: the next minute tries again
            LOG.log(Level.WARNING, "What is due could not be done", e);
        }
    }

    @Override
    public void close() {
        executor.close();
    }
}
