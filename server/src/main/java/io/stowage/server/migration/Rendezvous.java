package io.stowage.server.migration;

import io.stowage.web.WebSocketConnection;
import io.stowage.web.WebSocketSession;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** This side waits until a peer, or a client between the two, has connected with each of two secrets, once. */
public final class Rendezvous implements Meeting {
    private static final int SECRET_BYTES = 32;
    private static final long LOOK_MILLIS = 100;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Map<String, Seat> seats = new TreeMap<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private boolean closed;
    private Runnable onClose = () -> {};

    /** Guarded by the rendezvous. */
    private static final class Seat {
        final String secret = secret();
        boolean taken;

        @Nullable
        WebSocketConnection connection;
    }

    public Rendezvous() {
        seats.put(Channels.CONTROL, new Seat());
        seats.put(Channels.CONTENT, new Seat());
    }

    private static String secret() {
        var bytes = new byte[SECRET_BYTES];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** The secrets by the names of their connections: for who is to connect, and nobody else. */
    public Map<String, String> secrets() {
        var secrets = new TreeMap<String, String>();
        seats.forEach((name, seat) -> secrets.put(name, seat.secret));
        return secrets;
    }

    /** Does this when it has been closed, also if it was before. */
    void whenClosed(Runnable action) {
        synchronized (this) {
            onClose = action;
            if (!closed) {
                return;
            }
        }
        action.run();
    }

    /** Who has a secret may connect, the first time. All are compared, each in constant time. */
    synchronized Optional<WebSocketSession> join(String shown) {
        var bytes = shown.getBytes(StandardCharsets.UTF_8);
        Optional<Seat> found = Optional.empty();
        for (var seat : seats.values()) {
            if (MessageDigest.isEqual(seat.secret.getBytes(StandardCharsets.UTF_8), bytes)) {
                found = Optional.of(seat);
            }
        }
        if (closed || found.isEmpty() || found.get().taken) {
            return Optional.empty();
        }
        found.get().taken = true;
        return Optional.of(new Guest(found.get()));
    }

    /** One of the two connections, for as long as the migration lasts. */
    private final class Guest implements WebSocketSession {
        private final Seat seat;

        Guest(Seat seat) {
            this.seat = seat;
        }

        @Override
        public boolean listens() {
            return true;
        }

        @Override
        public void run(WebSocketConnection connection) throws InterruptedException {
            synchronized (Rendezvous.this) {
                seat.connection = connection;
                Rendezvous.this.notifyAll();
            }
            over.await();
        }
    }

    @Override
    public Channels meet(Runnable watch) throws IOException {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            watch.run();
            synchronized (this) {
                var control = connection(Channels.CONTROL);
                var content = connection(Channels.CONTENT);
                if (control != null && content != null) {
                    return new Channels(control, content);
                }
                if (closed || System.nanoTime() - deadline >= 0) {
                    throw new IOException("Nobody has connected within %d s".formatted(PATIENCE.toSeconds()));
                }
                try {
                    wait(LOOK_MILLIS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IOException("Interrupted while waiting for connections", e);
                }
            }
        }
    }

    @Override
    public boolean isHere() {
        return true;
    }

    private @Nullable WebSocketConnection connection(String name) {
        var seat = seats.get(name);
        return seat == null ? null : seat.connection;
    }

    @Override
    public void close() {
        Runnable action;
        synchronized (this) {
            closed = true;
            action = onClose;
        }
        over.countDown();
        action.run();
    }
}
