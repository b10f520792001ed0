package io.stowage.array.nvme;

import io.stowage.array.net.Portal;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.nio.channels.SocketChannel;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** All open connections: gives each its thread, limits their number, and closes those that never become queues. */
final class Connections implements Portal.Doorkeeper {
    private static final Logger LOG = System.getLogger(Connections.class.getName());

    private final Surroundings surroundings;
    private final List<Entrance> entrances;
    private final Allowance allowance;
    private final Set<Connection> open = new HashSet<>(); // guarded by this
    private final ScheduledThreadPoolExecutor watch;
    private final Silence silence;
    private boolean closed; // guarded by this

    Connections(Surroundings surroundings, List<Entrance> entrances) {
        this.surroundings = surroundings;
        this.entrances = List.copyOf(entrances);
        this.allowance = surroundings.allowance();
        this.silence = new Silence(allowance.patience());
        this.watch = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("nvme-watch").factory());
        watch.setRemoveOnCancelPolicy(true);
        long between = allowance.patience().look().toMillis();
        watch.scheduleWithFixedDelay(this::look, between, between, TimeUnit.MILLISECONDS);
    }

    @Override
    public synchronized boolean admit(SocketChannel peer, Portal portal) throws IOException {
        Connection connection = new Connection(surroundings, entrance(portal), portal, peer);
        InetAddress from = connection.peer().getAddress();
        long throughPortal = open.stream().filter(one -> one.portal() == portal).count();
        long pending = open.stream()
                .filter(one -> !one.isQueue() && one.peer().getAddress().equals(from))
                .count();
        if (closed
                || !portal.isInService()
                || open.size() >= allowance.crowd().connections()
                || throughPortal >= allowance.crowd().portalConnections()
                || pending >= allowance.crowd().pending()) {
            LOG.log(
                    Level.WARNING,
                    "Connection from {0} refused: {1} are open, {2} from there are no queues yet",
                    connection.peer(),
                    open.size(),
                    pending);
            return false;
        }
        open.add(connection);
        Future<?> deadline = watch.schedule(
                connection::endUnlessQueue, allowance.patience().connect().toMillis(), TimeUnit.MILLISECONDS);
        Thread.ofPlatform().daemon().name("nvme-" + connection.peer()).start(() -> run(connection, deadline));
        return true;
    }

    private Entrance entrance(Portal portal) {
        return entrances.stream().filter(one -> one.has(portal)).findFirst().orElseThrow();
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

    /** Closes these connections, and returns when none of their commands can touch a unit any more. */
    void dismiss(Predicate<Connection> which) {
        List<Connection> leaving;
        synchronized (this) {
            leaving = open.stream().filter(which).toList();
        }
        leaving.forEach(Connection::close);
        leaving.forEach(Connection::awaitEnd);
    }

    /** Closes all connections and lets nobody in any more. */
    void close() {
        synchronized (this) {
            closed = true;
        }
        dismiss(connection -> true);
        watch.shutdownNow();
    }

    private void look() {
        try {
            List<Connection> all;
            synchronized (this) {
                all = List.copyOf(open);
            }
            silence.look(surroundings.controllers().all(), all);
        } catch (RuntimeException | OutOfMemoryError e) {
            // Without the watch nobody would notice any more who has gone.
            LOG.log(Level.WARNING, "Connections could not be looked at", e);
        }
    }
}
