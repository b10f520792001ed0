package io.stowage.host.remote;

import io.stowage.model.Portal;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One attempt to reach a portal: its connections are closed by others when it takes too long. Thread-safe. */
public final class Attempt {
    private final long end;
    private final List<SocketChannel> channels = new ArrayList<>(); // guarded by this
    private boolean aborted; // guarded by this

    /** @param time after which whoever watches aborts it */
    public Attempt(Duration time) {
        this.end = System.nanoTime() + time.toNanos();
    }

    /** A blocking connection that ends with the attempt if that fails. */
    public SocketChannel connect(Portal portal, Duration timeout) throws IOException {
        SocketChannel channel = Sockets.connect(portal, timeout);
        synchronized (this) {
            if (!aborted) {
                channels.add(channel);
                return channel;
            }
        }
        Sockets.abort(channel);
        throw new EOFException("portal " + portal + " was given up");
    }

    boolean isOverdue() {
        return end - System.nanoTime() <= 0;
    }

    /** Closes its connections, and those to come. */
    public synchronized void abort() {
        aborted = true;
        channels.forEach(Sockets::abort);
        notifyAll();
    }

    /** Waits until its time is over, and aborts it then; returns before if somebody else has aborted it. */
    public synchronized void watch() {
        while (!aborted && !isOverdue()) {
            Interruptions.waitOn(this, Math.max(1, (end - System.nanoTime()) / 1_000_000));
        }
        abort();
    }
}
