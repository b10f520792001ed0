package io.stowage.array.iscsi;

import io.stowage.array.net.Portal;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * All open connections: gives each its thread, limits their number, and closes those that never log in or whose peer
 * has gone.
 */
final class Connections implements Portal.Doorkeeper {
    private static final Logger LOG = System.getLogger(Connections.class.getName());

    /** Connections beyond the limit whose logins are answered with a refusal; more are just closed. */
    private static final int SURPLUS = 16;

    private final Surroundings surroundings;
    private final Limits limits;
    private final Map<Connection, Heartbeat> open = new HashMap<>();
    private final List<Thread> threads = new ArrayList<>();
    private final ScheduledThreadPoolExecutor watch;
    private boolean closed;

    Connections(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.limits = surroundings.limits();
        this.watch = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("iscsi-watch").factory());
        watch.setRemoveOnCancelPolicy(true);
        long between = limits.patience().heartbeat().toMillis();
        watch.scheduleWithFixedDelay(this::look, between, between, TimeUnit.MILLISECONDS);
    }

    @Override
    public synchronized boolean admit(SocketChannel peer, Portal portal) throws IOException {
        long throughPortal =
                open.keySet().stream().filter(one -> one.portal() == portal).count();
        int beyond = Math.max(
                open.size() - limits.crowd().connections(),
                (int) throughPortal - limits.crowd().portalConnections());
        Connection connection = new Connection(surroundings, portal, peer, beyond >= 0);
        InetAddress from = connection.peer().getAddress();
        long pending = open.keySet().stream()
                .filter(one -> !one.isNegotiated() && one.peer().getAddress().equals(from))
                .count();
        if (closed
                || !portal.isInService()
                || beyond >= SURPLUS
                || pending >= limits.crowd().pendingLogins()) {
            LOG.log(
                    Level.WARNING,
                    "Connection from {0} refused: {1} are open, {2} from there have not logged in",
                    connection.peer(),
                    open.size(),
                    pending);
            return false;
        }
        open.put(connection, new Heartbeat(connection));
        // Here and not on the connection's thread, as the watch may have ended before that begins.
        Future<?> deadline = watch.schedule(
                connection::endUnlessLoggedIn, limits.patience().login().toMillis(), TimeUnit.MILLISECONDS);
        threads.removeIf(thread -> !thread.isAlive());
        threads.add(
                Thread.ofPlatform().daemon().name("iscsi-" + connection.peer()).start(() -> run(connection, deadline)));
        return true;
    }

    /**
     * Asks the initiators of these connections to log out, gives them a moment, and ends the connections that are left.
     */
    void dismiss(Predicate<Connection> which) {
        Duration farewell = limits.patience().farewell();
        long end = System.nanoTime() + farewell.toNanos();
        synchronized (this) {
            open.keySet().stream().filter(which).forEach(one -> one.requestLogout((int) farewell.toSeconds()));
            long left = end - System.nanoTime();
            while (left > 0 && open.keySet().stream().anyMatch(which.and(Connection::hasSession))) {
                left = waitUntil(end);
            }
            open.keySet().stream().filter(which).forEach(Connection::close);
        }
    }

    /** Ends all connections and waits until their tasks are quiet. */
    void close() {
        List<Thread> running;
        synchronized (this) {
            closed = true;
        }
        dismiss(connection -> true);
        synchronized (this) {
            running = List.copyOf(threads);
        }
        watch.shutdownNow();
        for (Thread thread : running) {
            joinUninterruptibly(thread);
        }
    }

    private void run(Connection connection, Future<?> deadline) {
        try {
            connection.run();
        } finally {
            deadline.cancel(false);
            synchronized (this) {
                open.remove(connection);
                notifyAll();
            }
        }
    }

    private void look() {
        List<Heartbeat> all;
        synchronized (this) {
            all = open.entrySet().stream()
                    .filter(one -> one.getKey().outbox().isPresent())
                    .map(Map.Entry::getValue)
                    .toList();
        }
        for (Heartbeat each : all) {
            try {
                each.look();
            } catch (RuntimeException | OutOfMemoryError e) {
                // Without the watch nobody would notice any more who has gone.
                LOG.log(Level.WARNING, "A connection could not be looked at", e);
            }
        }
    }

    /** Waits for a change; nanoseconds that are left. */
    private synchronized long waitUntil(long end) {
        long left = end - System.nanoTime();
        if (left > 0) {
            try {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return 0;
            }
        }
        return end - System.nanoTime();
    }

    private static void joinUninterruptibly(Thread thread) {
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
