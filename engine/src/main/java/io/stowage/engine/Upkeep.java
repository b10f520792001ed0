package io.stowage.engine;

import io.stowage.engine.journal.Halt;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What the engine does unasked: comes home after its start, then at its pace renews leases, looks at schedules, and settles
 * what is left.
 */
final class Upkeep implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Upkeep.class.getName());

    private final Runnable start;
    private final Runnable settle;
    private final Duration pace;
    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread starter;
    private final Thread settler;
    private final Thread renewer;
    private final Thread clock;

    Upkeep(Runnable start, Runnable settle, Runnable renew, Runnable schedules, Duration pace) {
        this.start = start;
        this.settle = settle;
        this.pace = pace;
        this.starter = Thread.ofVirtual().name("engine start").unstarted(this::comeHome);
        this.settler = Thread.ofVirtual().name("engine settler").unstarted(() -> repeat(settle));
        this.renewer = Thread.ofVirtual().name("engine leases").unstarted(() -> repeat(renew));
        this.clock = Thread.ofVirtual().name("engine schedules").unstarted(() -> repeat(schedules));
    }

    void start() {
        starter.start();
        if (pace.isPositive()) {
            settler.start();
            renewer.start();
            clock.start();
        }
    }

    private void comeHome() {
        try {
            attempt(start);
        } finally {
            started.countDown();
        }
        if (pace.isPositive()) {
            attempt(settle);
        }
    }

    /** Waits until the host is as the database says, as far as arrays are in reach. */
    void awaitStart() {
        try {
            started.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Halt("interrupted");
        }
    }

    /** The same within a limit. @return whether it came to that */
    boolean awaitStart(Duration limit) {
        try {
            return started.await(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Halt("interrupted");
        }
    }

    private void repeat(Runnable work) {
        try {
            while (!closing.await(pace.toMillis(), TimeUnit.MILLISECONDS)) {
                attempt(work);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void attempt(Runnable work) {
        if (closing.getCount() == 0) {
            return;
        }
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "The engine's upkeep failed; it is tried again", e);
        } catch (Halt halt) {
            LOG.log(Level.DEBUG, "Upkeep ends: {0}", halt.getMessage());
        }
    }

    @Override
    public void close() {
        closing.countDown();
        for (Thread thread : new Thread[] {starter, settler, renewer, clock}) {
            try {
                thread.join(Duration.ofSeconds(30));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (IllegalThreadStateException e) {
                // never started
            }
        }
    }
}
