package io.stowage.array;

import java.lang.System.Logger.Level;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Eradicates once a minute what has expired. Its thread is never interrupted, as it writes to the store. */
final class Eradication implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Eradication.class.getName());

    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("eradication").factory());

    private Eradication() {}

    static Eradication start(Runnable eradicate) {
        var eradication = new Eradication();
        eradication.executor.scheduleWithFixedDelay(() -> attempt(eradicate), 1, 1, TimeUnit.MINUTES);
        return eradication;
    }

    private static void attempt(Runnable eradicate) {
        try {
            eradicate.run();
        } catch (RuntimeException e) { // a thread boundary: the next minute tries again
            LOG.log(Level.WARNING, "What has expired could not be eradicated", e);
        }
    }

    @Override
    public void close() {
        executor.close();
    }
}
