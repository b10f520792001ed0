package io.stowage.engine.fake;

import io.stowage.driver.ArrayUnreachable;
import io.stowage.engine.journal.Halt;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sees every call from the engine to the outside and every commit, one at a time, and breaks the call it is told to. Safe
 * for many threads.
 */
public final class Faults {
    /** A call, and whether it was one to the array. */
    public record Call(String name, boolean toArray) {}

    private final List<Call> log = new ArrayList<>();
    private int calls;
    private int killAt;
    private boolean killAfter;
    private boolean dead;
    private int breakAt;
    private Fault fault = Fault.REFUSED;
    private boolean unreachable;
    private boolean hit;
    private String failing = "";
    private RuntimeException failure = new IllegalStateException();
    private @Nullable Runnable witness;
    private @Nullable Held held;

    /** The server dies right before the n-th call from now on, or right after it was done. */
    public synchronized void killAt(int call, boolean after) {
        calls = 0;
        killAt = call;
        killAfter = after;
    }

    public synchronized boolean killed() {
        return dead;
    }

    /** The n-th call from now on goes wrong. */
    public synchronized void at(int call, Fault what) {
        calls = 0;
        breakAt = call;
        fault = what;
        hit = false;
    }

    /** Whether a call went wrong, or did not reach the array. */
    public synchronized boolean hit() {
        return hit;
    }

    /** Calls of this name throw, until {@link #heal}. */
    public synchronized void fail(String call, RuntimeException with) {
        failing = call;
        failure = with;
    }

    /** Calls of this name wait until they are let go, or all is healed. */
    public synchronized Held hold(String call) {
        letGo();
        held = new Held(call);
        return held;
    }

    /** Calls that wait. */
    public static final class Held {
        private static final long PATIENCE_SECONDS = 60;

        private final String call;
        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);

        private Held(String call) {
            this.call = call;
        }

        /** Waits until one is made. */
        public void awaitCall() {
            await(reached);
        }

        public void letGo() {
            released.countDown();
        }

        private void await(CountDownLatch latch) {
            try {
                if (!latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    throw new AssertionError("waited in vain for the call " + call);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Halt("interrupted");
            }
        }
    }

    private void letGo() {
        if (held != null) {
            held.letGo();
        }
        held = null;
    }

    /** Not while this is locked: others go on meanwhile. */
    private void waitIfHeld(String name) {
        Held mine;
        synchronized (this) {
            if (held == null || !held.call.equals(name)) {
                return;
            }
            mine = held;
        }
        mine.reached.countDown();
        mine.await(mine.released);
    }

    /** No call reaches the array, until {@link #heal}. */
    public synchronized void cutOff() {
        unreachable = true;
    }

    /** Everything works, and nobody looks on. */
    public synchronized void heal() {
        dead = false;
        killAt = 0;
        breakAt = 0;
        failing = "";
        unreachable = false;
        hit = false;
        witness = null;
        letGo();
    }

    /** Is run after each call and each commit, before anything else happens; until {@link #heal}. */
    public synchronized void afterEach(Runnable look) {
        witness = look;
    }

    /** Names of the calls since the last time. */
    public List<String> takeLog() {
        return takeCalls().stream().map(Call::name).toList();
    }

    /** The calls since the last time. */
    public synchronized List<Call> takeCalls() {
        List<Call> taken = List.copyOf(log);
        log.clear();
        return taken;
    }

    /** A call to the array. */
    public <T> T array(String name, Supplier<T> work) {
        waitIfHeld(name);
        return call(name, true, work);
    }

    /** A call to this host. */
    public <T> T host(String name, Supplier<T> work) {
        waitIfHeld(name);
        return call(name, false, work);
    }

    /** A transaction that writes. */
    <T extends @Nullable Object> T commit(Supplier<T> transaction) {
        synchronized (this) {
            if (witness != null) {
                return witnessed(transaction);
            }
        }
        return transaction.get();
    }

    private synchronized <T extends @Nullable Object> T witnessed(Supplier<T> work) {
        T result = work.get();
        if (witness != null) {
            witness.run();
        }
        return result;
    }

    private synchronized <T> T call(String name, boolean toArray, Supplier<T> work) {
        if (dead) {
            throw new Halt("killed");
        }
        calls++;
        log.add(new Call(name, toArray));
        if (calls == killAt && !killAfter) {
            dead = true;
            throw new Halt("killed before " + name);
        }
        boolean now = calls == breakAt;
        unreachable |= now && fault == Fault.GONE;
        if (toArray && unreachable) {
            hit = true;
            throw new ArrayUnreachable("The array is out of reach", null);
        }
        if (now && fault != Fault.ANSWER_LOST && fault != Fault.GONE) {
            hit = true;
            throw fault.failure(name, toArray);
        }
        if (failing.equals(name)) {
            throw failure;
        }
        T result = witnessed(work);
        if (calls == killAt) {
            dead = true;
            throw new Halt("killed after " + name);
        }
        if (now && fault == Fault.ANSWER_LOST) {
            hit = true;
            throw fault.failure(name, toArray);
        }
        return result;
    }
}
