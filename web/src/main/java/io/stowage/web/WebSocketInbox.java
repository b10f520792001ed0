package io.stowage.web;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * What has come over a WebSocket and waits to be read. It lets the connection deliver more only while there is room, so
 * that a sender is held back by who reads.
 */
public final class WebSocketInbox {
    /** Bytes that may wait; one delivery of the connection comes on top. */
    private static final int ROOM = 4 << 20;

    private final Deque<WebSocketPart> parts = new ArrayDeque<>(); // guarded by this, as the rest
    private Runnable demand = () -> {};
    private long waiting;
    private boolean paused;
    private boolean ended;
    private boolean deaf;
    private volatile long lastHeard = System.nanoTime();

    /**
     * Begins to take.
     *
     * @param demand lets the connection deliver once more
     */
    public synchronized void open(Runnable demand) {
        this.demand = demand;
        demand.run();
    }

    /** Takes a delivery, and asks for the next when there is room. */
    public synchronized void put(WebSocketPart part) {
        lastHeard = System.nanoTime();
        if (ended) {
            return;
        }
        ended = part instanceof WebSocketPart.End;
        if (!deaf || ended) {
            parts.add(part);
            waiting += part.weight();
        }
        paused = waiting >= ROOM;
        if (!paused && !ended) {
            demand.run();
        }
        notifyAll();
    }

    /** Takes a delivery without content, such as the answer to a ping. */
    public synchronized void sign() {
        lastHeard = System.nanoTime();
        if (!ended) {
            demand.run();
        }
    }

    /** As {@link WebSocketConnection#lastHeard}. */
    public long lastHeard() {
        return lastHeard;
    }

    /** Throws away what waits and what is still to come but for the end: nobody reads any more. */
    public synchronized void deafen() {
        deaf = true;
        parts.removeIf(part -> !(part instanceof WebSocketPart.End));
        waiting = 0;
        resume();
    }

    /** As {@link WebSocketConnection#receive}. */
    public synchronized Optional<WebSocketPart> take(Duration limit) throws InterruptedIOException {
        var deadline = System.nanoTime() + limit.toNanos();
        while (parts.isEmpty()) {
            var left = deadline - System.nanoTime();
            if (left <= 0) {
                return Optional.empty();
            }
            try {
                wait(Math.max(1, left / 1_000_000));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("Interrupted while waiting for a message");
            }
        }
        if (parts.getFirst() instanceof WebSocketPart.End) {
            return Optional.of(parts.getFirst()); // stays, for whoever asks again
        }
        var part = parts.removeFirst();
        waiting -= part.weight();
        resume();
        return Optional.of(part);
    }

    private void resume() {
        if (paused && waiting < ROOM && !ended) {
            paused = false;
            demand.run();
        }
    }
}
