package io.stowage.array.iscsi;

import io.stowage.iscsi.login.LoginFailure;
import io.stowage.iscsi.stream.PduReader;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.util.Optional;

/** One TCP connection with its thread: logs in, then serves until either side has enough. */
final class Connection {
    private static final Logger LOG = System.getLogger(Connection.class.getName());
    private static final int READ_AHEAD = 64 * 1024;

    /** Data segments in a login are at most this long. RFC 7143, section 13.12. */
    private static final int LOGIN_DATA = 8192;

    private final Surroundings surroundings;
    private final Portal portal;
    private final SocketChannel channel;
    private final InetSocketAddress peer;
    private final InetSocketAddress local;
    private volatile boolean negotiated;

    Connection(Surroundings surroundings, Portal portal, SocketChannel channel) throws IOException {
        this.surroundings = surroundings;
        this.portal = portal;
        this.channel = channel;
        this.peer = (InetSocketAddress) channel.getRemoteAddress();
        this.local = (InetSocketAddress) channel.getLocalAddress();
    }

    Surroundings surroundings() {
        return surroundings;
    }

    Portal portal() {
        return portal;
    }

    SocketChannel channel() {
        return channel;
    }

    /** The address of the initiator. */
    InetSocketAddress peer() {
        return peer;
    }

    /** The address by which the initiator came. */
    InetSocketAddress local() {
        return local;
    }

    /** Serves the connection until it ends; called once, by its own thread. */
    void run() {
        try (channel) {
            PduReader reader = new PduReader(channel, READ_AHEAD, LOGIN_DATA);
            Optional<FullFeature> service = new LoginPhase(this, reader).run();
            if (service.isPresent()) {
                service.get().run();
            }
        } catch (ClosedChannelException closed) {
            LOG.log(Level.DEBUG, "{0}: closed", peer);
        } catch (LoginFailure e) {
            LOG.log(Level.INFO, "{0}: login refused with {1}: {2}", peer, e.status(), e.getMessage());
        } catch (IOException e) {
            LOG.log(Level.INFO, "{0}: connection ends: {1}", peer, e.getMessage());
        } catch (RuntimeException e) {
            // A fault of ours in what a stranger sent must not reach beyond the stranger's connection.
            LOG.log(Level.ERROR, peer + ": connection ends over an internal fault", e);
        }
    }

    /** The login's text is settled: the watch over its time ends. */
    void markNegotiated() {
        negotiated = true;
    }

    void closeUnlessLoggedIn() {
        if (!negotiated) {
            LOG.log(Level.INFO, "{0}: no login in time", peer);
            close();
        }
    }

    /** Ends the connection from any thread. Its own thread then brings the session to rest. */
    void close() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, peer + ": closing", e);
        }
    }
}
