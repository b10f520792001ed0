package io.stowage.web;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.VirtualThreadPool;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;

/** Builds, starts and stops Jetty. */
final class JettyServer implements AutoCloseable {
    /** How long a connection may be silent between requests, or in the middle of a body. */
    static final Duration SILENCE = Duration.ofMinutes(5);

    /** Jetty tells of every start and stop; held here, as the JDK forgets the level of loggers nobody holds. */
    private static final Logger JETTY_LOG = Logger.getLogger("org.eclipse.jetty");

    static {
        JETTY_LOG.setLevel(Level.WARNING);
    }

    private static final int LARGEST_HEADER = 64 << 10; // bytes, all headers of a request together
    private static final int REQUESTS = 2048; // under way at the same time
    private static final int THREADS = 32; // platform threads that accept and select

    private final Server server;
    private final List<BoundListener> bound;

    private JettyServer(Server server, List<BoundListener> bound) {
        this.server = server;
        this.bound = bound;
    }

    static JettyServer start(String name, Handler handler, List<Listener> listeners) throws IOException {
        var requests = new VirtualThreadPool(REQUESTS);
        requests.setName(name);
        // Accepting on a platform thread: when that socket is closed, its port is free at once. On a virtual
        // thread it stays open until the thread has been woken.
        var threads = new QueuedThreadPool(THREADS, 0);
        threads.setName(name);
        threads.setVirtualThreadsExecutor(requests);
        var server = new Server(threads);
        var sockets = ServerWebSocketContainer.ensure(server);
        sockets.setIdleTimeout(Duration.ZERO); // events may be rare; our pings find dead clients
        var bridge = new JettyBridge(handler, sockets);
        server.setHandler(bridge);
        server.setErrorHandler(bridge::refuse);
        var bound = new ArrayList<BoundListener>();
        for (var listener : listeners) {
            bound.add(
                    switch (listener) {
                        case Listener.Https https -> HttpsConnector.add(server, https);
                        case Listener.UnixSocket socket -> UnixConnector.add(server, socket);
                    });
        }
        var jetty = new JettyServer(server, bound);
        try {
            server.start();
            for (var listener : bound) {
                listener.publish();
            }
            return jetty;
        } catch (Exception e) {
            jetty.close();
            throw e instanceof IOException io ? io : new IOException(String.valueOf(e.getMessage()), e);
        }
    }

    /** How HTTP is spoken on every listener. */
    static HttpConnectionFactory http() {
        var configuration = new HttpConfiguration();
        configuration.setRequestHeaderSize(LARGEST_HEADER);
        configuration.setSendServerVersion(false);
        // Names with encoded slashes and dots are the handler's business: nothing is refused or changed here.
        configuration.setUriCompliance(UriCompliance.UNSAFE);
        // Nobody looks at the host's name, and pylxd's over a unix socket is "localhost:None".
        configuration.setHttpCompliance(
                HttpCompliance.RFC9110.with("any host", HttpCompliance.Violation.UNSAFE_HOST_HEADER));
        // Without SNI check: clients connect to addresses, and certificates are pinned.
        configuration.addCustomizer(new SecureRequestCustomizer(false));
        return new HttpConnectionFactory(configuration);
    }

    List<InetSocketAddress> addresses() {
        return bound.stream().flatMap(listener -> listener.address().stream()).toList();
    }

    void stopListening() {
        for (var connector : server.getConnectors()) {
            if (connector instanceof ServerConnector tcp) {
                tcp.close();
            }
        }
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("The listeners can't be closed: " + e.getMessage(), e);
        } finally {
            bound.forEach(BoundListener::remove);
        }
    }
}
