package io.stowage.host.transfer;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Holds many threads together to so many bytes in a second. */
public final class RateLimit {
    public static final RateLimit NONE = new RateLimit(0);

    private final long bytesPerSecond;
    private long freeAt = System.nanoTime(); // guarded by this

    /** @param bytesPerSecond 0 for no limit */
    public RateLimit(long bytesPerSecond) {
        if (bytesPerSecond < 0) {
            throw new IllegalArgumentException("A rate can't be " + bytesPerSecond);
        }
        this.bytesPerSecond = bytesPerSecond;
    }

    /** Waits until these bytes may go; they count from then on. */
    public void take(long bytes) {
        if (bytesPerSecond == 0 || bytes == 0) {
            return;
        }
        long until = turn(bytes);
        for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
            if (Thread.currentThread().isInterrupted()) {
                return; // whoever interrupts wants an end, and parking would not wait any more
            }
        }
    }

    /** When these bytes may go: when all before them are through. */
    private synchronized long turn(long bytes) {
        long now = System.nanoTime();
        long turn = freeAt - now > 0 ? freeAt : now;
        freeAt = turn + (long) ((double) bytes / bytesPerSecond * TimeUnit.SECONDS.toNanos(1));
        return turn;
    }
}
