package io.stowage.host.remote;

import org.jspecify.annotations.Nullable;

/**
 * A command on its way over one connection. The caller's thread waits here; the connection's reader tells what came. Data
 * buffers are the connection's from sending until the command has ended, and the caller's again then.
 *
 * @param <W> how the target asks for data
 */
public abstract class Pending<W> {
    /** Names it on its connection. Set by {@link PendingTable#enter}. */
    private int tag;

    /** When it was made, then when it was sent, as of System.nanoTime. */
    private volatile long sentAt = System.nanoTime();

    // Guarded by this.
    private boolean ended;
    private boolean answered;
    private @Nullable W wanted;

    /** What it is called on its connection. */
    public final int tag() {
        return tag;
    }

    final void tag(int newTag) {
        tag = newTag;
    }

    /** It is being sent now. */
    public final void sent() {
        sentAt = System.nanoTime();
    }

    final long sentAt() {
        return sentAt;
    }

    /** Waits until the target wants data (then it is returned, once) or the command has ended (null). */
    public final synchronized @Nullable W awaitNews() {
        while (!ended && wanted == null) {
            // The buffer is the connection's: leaving on an interruption would hand its memory to someone else.
            Interruptions.waitOn(this);
        }
        W news = ended ? null : wanted;
        wanted = null;
        return news;
    }

    /** Waits for the end, at most this long; whether it has come. */
    public final synchronized boolean awaitEnd(long millis) {
        long end = System.nanoTime() + millis * 1_000_000;
        while (!ended && end - System.nanoTime() > 0) {
            Interruptions.waitOn(this, Math.max(1, (end - System.nanoTime()) / 1_000_000));
        }
        return ended;
    }

    public final synchronized boolean hasEnded() {
        return ended;
    }

    /** Whether the target has answered. If it has ended otherwise, nobody knows whether it was carried out. */
    public final synchronized boolean isAnswered() {
        return answered;
    }

    /** Whether the target waits for data that it asked for. */
    protected final synchronized boolean isWanted() {
        return wanted != null;
    }

    /** The target asks for data. */
    protected final synchronized void want(W request) {
        wanted = request;
        notifyAll();
    }

    /** The answer is complete. */
    protected final synchronized void answer() {
        if (!ended) {
            ended = true;
            answered = true;
        }
        notifyAll();
    }

    /** The connection ended before an answer came. */
    public final synchronized void lose() {
        ended = true;
        notifyAll();
    }
}
