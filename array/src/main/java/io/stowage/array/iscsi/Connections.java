package io.stowage.array.iscsi;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import jdk.net.ExtendedSocketOptions;

/** All open connections: gives each its thread, limits their number, and closes those that never log in. */
final class Connections {
    private static final Logger LOG = System.getLogger(Connections.class.getName());

    /** TCP keep-alive, so that a peer that vanished without a word doesn't hold its session for hours. Seconds. */
    private static final int KEEP_ALIVE_IDLE = 15;

    private static final int KEEP_ALIVE_INTERVAL = 5;
    private static final int KEEP_ALIVE_COUNT = 4;
    private static final int SOCKET_BUFFER = 1024 * 1024;

    private final Surroundings surroundings;
    private final Set<Connection> open = new HashSet<>();
    private final List<Thread> threads = new ArrayList<>();
    private final ScheduledThreadPoolExecutor watch;
    private boolean closed;

    Connections(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.watch = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("iscsi-login-watch").factory());
        watch.setRemoveOnCancelPolicy(true);
    }

    /** Takes over a socket that was accepted. */
    void open(SocketChannel peer, Portal portal) throws IOException {
        try {
            prepare(peer);
        } catch (IOException e) {
            peer.close();
            throw e;
        }
        Connection connection = new Connection(surroundings, portal, peer);
        synchronized (this) {
            if (closed || open.size() >= surroundings.limits().connections()) {
                LOG.log(Level.WARNING, "Connection from {0} refused: {1} are open", connection.peer(), open.size());
                peer.close();
                return;
            }
            open.add(connection);
            threads.removeIf(thread -> !thread.isAlive());
            threads.add(Thread.ofPlatform()
                    .daemon()
                    .name("iscsi-" + connection.peer())
                    .start(() -> run(connection)));
        }
    }

    /** Ends all connections and waits until their tasks are quiet. */
    void close() {
        List<Thread> running;
        synchronized (this) {
            closed = true;
            open.forEach(Connection::close);
            running = List.copyOf(threads);
        }
        watch.shutdownNow();
        for (Thread thread : running) {
            joinUninterruptibly(thread);
        }
    }

    private void run(Connection connection) {
        var deadline = watch.schedule(
                connection::closeUnlessLoggedIn,
                surroundings.limits().loginTime().toMillis(),
                TimeUnit.MILLISECONDS);
        try {
            connection.run();
        } finally {
            deadline.cancel(false);
            synchronized (this) {
                open.remove(connection);
            }
        }
    }

    private static void prepare(SocketChannel peer) throws IOException {
        peer.setOption(StandardSocketOptions.TCP_NODELAY, true);
        peer.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        peer.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, KEEP_ALIVE_IDLE);
        peer.setOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, KEEP_ALIVE_INTERVAL);
        peer.setOption(ExtendedSocketOptions.TCP_KEEPCOUNT, KEEP_ALIVE_COUNT);
        peer.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER);
        peer.setOption(StandardSocketOptions.SO_SNDBUF, SOCKET_BUFFER);
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
