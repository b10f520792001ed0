package io.stowage.web;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;

/** A running server: one handler behind any number of listeners. */
public final class WebServer implements AutoCloseable {
    private final JettyServer jetty;

    private WebServer(JettyServer jetty) {
        this.jetty = jetty;
    }

    /**
     * Opens all listeners; when it returns, clients can connect.
     *
     * @param name names the threads
     * @throws IOException a listener can't be opened; none is open then. The message names it.
     */
    public static WebServer start(String name, Handler handler, List<Listener> listeners) throws IOException {
        return new WebServer(JettyServer.start(name, handler, listeners));
    }

    /** The addresses of the HTTPS listeners as bound, with their ports, in the order of the listeners. */
    public List<InetSocketAddress> addresses() {
        return jetty.addresses();
    }

    /** Takes no new connections on its HTTPS listeners, whose ports are free then; what is connected stays so. */
    public void stopListening() {
        jetty.stopListening();
    }

    /**
     * Closes listeners and connections. Handlers that are at work go on, and their answers go nowhere; they are not
     * interrupted, as that would close files that they are writing.
     */
    @Override
    public void close() {
        jetty.close();
    }
}
