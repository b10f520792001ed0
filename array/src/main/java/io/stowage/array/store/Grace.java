package io.stowage.array.store;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Tells when all who are inside now have left, without keeping anyone out meanwhile. Who enters during
 * an odd round is counted apart from who enters during an even one; to wait is to begin the next round
 * and to see the count of the last one fall to zero.
 */
final class Grace {
    private final AtomicInteger[] inside = {new AtomicInteger(), new AtomicInteger()};
    private volatile long round;
    private volatile @Nullable Thread waiting;

    /** Goes inside; returns the round, to leave with. */
    long enter() {
        while (true) {
            long mine = round;
            count(mine).incrementAndGet();
            if (round == mine) {
                return mine;
            }
            leave(mine);
        }
    }

    void leave(long mine) {
        if (count(mine).decrementAndGet() == 0) {
            Thread waiter = waiting;
            if (waiter != null) {
                LockSupport.unpark(waiter);
            }
        }
    }

    /** Returns when all who were inside have left. Not to be called from inside. */
    synchronized void await() {
        long past = round;
        boolean interrupted = false;
        waiting = Thread.currentThread();
        round = past + 1;
        while (count(past).get() > 0) {
            LockSupport.park(this);
            interrupted |= Thread.interrupted();
        }
        waiting = null;
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private AtomicInteger count(long ofRound) {
        return inside[(int) (ofRound % 2)];
    }
}
