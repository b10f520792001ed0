package io.stowage.array;

import java.lang.System.Logger.Level;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Measures each second what is read and written. */
final class Measuring implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Measuring.class.getName());

    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("measuring").factory());

    private Measuring() {}

    static Measuring start(Runnable measure) {
        var measuring = new Measuring();
        measuring.executor.scheduleWithFixedDelay(() -> attempt(measure), 1, 1, TimeUnit.SECONDS);
        return measuring;
    }

    private static void attempt(Runnable measure) {
        try {
            measure.run();
        } catch (RuntimeException e) { // a thread boundary: the next second tries again
            LOG.log(Level.WARNING, "The load could not be measured", e);
        }
    }

    @Override
    public void close() {
        executor.close();
    }
}
