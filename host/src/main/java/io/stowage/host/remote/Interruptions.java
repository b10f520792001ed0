package io.stowage.host.remote;

import java.util.concurrent.CountDownLatch;

/**
 * Waits that an interruption must not end, as buffers are in use meanwhile, and sending that it must not break, as an
 * interrupted thread closes the channel it writes to. An interruption is put aside and given back at the end.
 */
public final class Interruptions {
    private static final ThreadLocal<Boolean> ASIDE = ThreadLocal.withInitial(() -> false);

    private Interruptions() {}

    /** Puts an interruption that has come already aside. */
    public static void putAside() {
        if (Thread.interrupted()) {
            note();
        }
    }

    /** Puts an interruption aside that was just caught. */
    public static void note() {
        ASIDE.set(true);
    }

    /** Gives back what was put aside: to be called when the thread may be interrupted again. */
    public static void giveBack() {
        if (ASIDE.get()) {
            ASIDE.remove();
            Thread.currentThread().interrupt();
        }
    }

    /** Waits on a monitor that the caller holds; it may be left without a reason, so check again. */
    public static void waitOn(Object monitor) {
        waitOn(monitor, 0);
    }

    /** The same for at most this many milliseconds; 0 is without limit. */
    @SuppressWarnings({"WaitNotInLoop", "NotifyNotSynchronized"}) // the loop and the lock are the caller's
    public static void waitOn(Object monitor, long millis) {
        try {
            monitor.wait(millis);
        } catch (InterruptedException e) {
            note();
        }
    }

    /** Waits for the latch however long it takes. */
    public static void awaitFully(CountDownLatch latch) {
        while (true) {
            try {
                latch.await();
                return;
            } catch (InterruptedException e) {
                note();
            }
        }
    }
}
