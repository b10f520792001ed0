package io.stowage.engine.fake;

import io.stowage.driver.ArrayRefused;
import io.stowage.driver.ArrayUnreachable;
import io.stowage.engine.Refused;
import io.stowage.engine.journal.Halt;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Counts the calls from the engine to the outside and breaks the one it is told to. Safe for many threads. */
public final class Faults {
    private int calls;
    private int killAt;
    private boolean killAfter;
    private boolean dead;
    private int cutAt;
    private int refuseAt;
    private boolean unreachable;
    private boolean refused;
    private String failing = "";
    private RuntimeException failure = new IllegalStateException();
    private final List<String> log = new ArrayList<>();

    /** The server is killed before, or after, the n-th call from now on; 0: never. */
    public synchronized void killAt(int call, boolean after) {
        calls = 0;
        killAt = call;
        killAfter = after;
    }

    /** From the n-th call from now on no call reaches the array, until {@link #heal}. */
    public synchronized void cutOffAt(int call) {
        calls = 0;
        cutAt = call;
    }

    /** The n-th call from now on is refused, if it is one to the array, or fails. */
    public synchronized void refuseAt(int call) {
        calls = 0;
        refuseAt = call;
        refused = false;
    }

    /** Whether a call was refused, or did not reach the array. */
    public synchronized boolean hit() {
        return refused;
    }

    /** Calls of this name throw, until {@link #heal}. */
    public synchronized void fail(String call, RuntimeException with) {
        failing = call;
        failure = with;
    }

    /** No call reaches the array, until {@link #heal}. */
    public synchronized void cutOff() {
        unreachable = true;
    }

    /** The next server lives, and everything works. */
    public synchronized void heal() {
        dead = false;
        killAt = 0;
        cutAt = 0;
        refuseAt = 0;
        failing = "";
        unreachable = false;
        refused = false;
    }

    public synchronized boolean killed() {
        return dead;
    }

    /** Names of the calls since the last time. */
    public synchronized List<String> takeLog() {
        List<String> taken = List.copyOf(log);
        log.clear();
        return taken;
    }

    /** A call to the array. */
    public <T> T array(String name, Supplier<T> work) {
        return call(name, true, work);
    }

    /** A call to this host. */
    public <T> T host(String name, Supplier<T> work) {
        return call(name, false, work);
    }

    private synchronized <T> T call(String name, boolean toArray, Supplier<T> work) {
        if (dead) {
            throw new Halt("killed");
        }
        calls++;
        log.add(name);
        if (calls == killAt && !killAfter) {
            dead = true;
            throw new Halt("killed before " + name);
        }
        unreachable |= cutAt > 0 && calls >= cutAt;
        if (calls == refuseAt) {
            refused = true;
            throw toArray ? new ArrayRefused("do " + name, "No.") : new Refused(Refused.Kind.FAILED, name + " failed");
        }
        if (toArray && unreachable) {
            refused = true;
            throw new ArrayUnreachable("The array is out of reach", null);
        }
        if (failing.equals(name)) {
            throw failure;
        }
        T result = work.get();
        if (calls == killAt) {
            dead = true;
            throw new Halt("killed after " + name);
        }
        return result;
    }
}
