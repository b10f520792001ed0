package io.stowage.server.migration;

import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Looks after the connections of a migration, on a thread of its own: takes what the peer says on the control channel, finds
 * out whether it is still there, and cuts everything when the work is to end, or the peer has given up.
 */
final class Watch implements AutoCloseable {
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final long PING_NANOS = TimeUnit.SECONDS.toNanos(10);
    /** Longer than a busy peer takes to answer a ping. */
    private static final Duration SILENCE = Duration.ofSeconds(120);

    /** How long the peer's reason may come after the end of what it sent. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    private final Channels channels;
    private final ControlChannel control;
    private final Runnable watch;
    private final Deque<byte[]> messages = new ArrayDeque<>(); // guarded by this, as the rest
    private @Nullable Throwable failure;
    private boolean ended;
    private boolean closed;

    private Watch(Channels channels, ControlChannel control, Runnable watch) {
        this.channels = channels;
        this.control = control;
        this.watch = watch;
    }

    /** @param watch called again and again; what it throws cuts the connections */
    static Watch start(Channels channels, ControlChannel control, Runnable watch) {
        var started = new Watch(channels, control, watch);
        Thread.ofVirtual().name("migration").start(started::run);
        return started;
    }

    private void run() {
        var pinged = System.nanoTime();
        try {
            while (!isClosed()) {
                watch.run();
                control.receive(LOOK).ifPresent(this::put);
                var now = System.nanoTime();
                if (now - pinged > PING_NANOS) {
                    control.ping();
                    pinged = now;
                }
                if (now - control.lastHeard() > SILENCE.toNanos()) {
                    throw new IOException("The other server has been silent for %d s".formatted(SILENCE.toSeconds()));
                }
            }
        } catch (EOFException e) {
            end(null);
        } catch (Throwable e) {
            end(e);
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private synchronized void put(byte[] message) {
        messages.add(message);
        notifyAll();
    }

    private synchronized void end(@Nullable Throwable why) {
        ended = true;
        if (failure == null) {
            failure = why;
        }
        notifyAll();
        if (!closed && !(why == null && isWell())) {
            channels.content().cut(); // nothing that comes there is of use any more
            if (why != null) {
                channels.control().cut();
            }
        }
    }

    /** Whether the peer's last words are that all is well: then what it said on the other connection may still arrive. */
    private boolean isWell() {
        return !messages.isEmpty() && MigrationControl.isSuccess(messages.getLast());
    }

    /**
     * Waits for the next message.
     *
     * @throws IOException there will be none
     */
    synchronized byte[] take() throws IOException {
        while (messages.isEmpty() && !ended) {
            await(0);
        }
        if (messages.isEmpty()) {
            throw new EOFException("The other server ended the connection");
        }
        return messages.removeFirst();
    }

    private void await(long millis) throws IOException {
        try {
            wait(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while waiting for the other server", e);
        }
    }

    /** Why the connections were cut, or the peer's last words; waits a moment for those. */
    synchronized Optional<Throwable> cause() {
        var deadline = System.nanoTime() + LAST_WORDS.toNanos();
        try {
            while (failure == null && !ended && messages.isEmpty() && System.nanoTime() - deadline < 0) {
                await(50);
            }
            if (failure == null && !messages.isEmpty()) {
                var said = MigrationControl.failureIn(messages.getFirst());
                return said.map(PeerFailed::of);
            }
        } catch (IOException e) {
            return Optional.of(e);
        }
        return Optional.ofNullable(failure);
    }

    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
    }
}
