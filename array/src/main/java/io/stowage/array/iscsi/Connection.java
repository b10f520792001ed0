package io.stowage.array.iscsi;

import io.stowage.array.net.Portal;
import io.stowage.array.net.Wire;
import io.stowage.iscsi.login.LoginFailure;
import io.stowage.iscsi.stream.PduReader;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One TCP connection with its thread: logs in, then serves until either side has enough. */
final class Connection implements Heartbeat.Patient {
    private static final Logger LOG = System.getLogger(Connection.class.getName());
    private static final int READ_AHEAD = 64 * 1024;

    /** Data segments in a login are at most this long. RFC 7143, section 13.12. */
    private static final int LOGIN_DATA = 8192;

    private static final int MAX_MESSAGE = 300;

    private final Surroundings surroundings;
    private final Portal portal;
    private final Wire wire;
    private final boolean surplus;
    private final InetSocketAddress peer;
    private final InetSocketAddress local;
    private volatile boolean negotiated;
    private volatile @Nullable Outbox outbox;
    private volatile boolean hasSession;

    /** @param surplus one too many: its login is to be refused */
    Connection(Surroundings surroundings, Portal portal, SocketChannel channel, boolean surplus) throws IOException {
        this.surroundings = surroundings;
        this.portal = portal;
        this.wire = new Wire(channel);
        this.surplus = surplus;
        this.peer = (InetSocketAddress) channel.getRemoteAddress();
        this.local = (InetSocketAddress) channel.getLocalAddress();
    }

    Surroundings surroundings() {
        return surroundings;
    }

    Portal portal() {
        return portal;
    }

    Wire wire() {
        return wire;
    }

    boolean isSurplus() {
        return surplus;
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
        try (wire) {
            PduReader reader = new PduReader(wire, READ_AHEAD, LOGIN_DATA);
            Optional<FullFeature> service = new LoginPhase(this, reader).run();
            if (service.isPresent()) {
                service.get().run();
            }
        } catch (ClosedChannelException closed) {
            LOG.log(Level.DEBUG, "{0}: closed", peer);
        } catch (LoginFailure e) {
            LOG.log(Level.INFO, "{0}: login refused with {1}: {2}", peer, e.status(), printable(e));
        } catch (IOException e) {
            LOG.log(Level.INFO, "{0}: connection ends: {1}", peer, printable(e));
        } catch (RuntimeException | OutOfMemoryError e) {
            // A fault of ours in what a stranger sent, or no memory for it, must not reach beyond its connection.
            LOG.log(Level.ERROR, peer + ": connection ends over an internal fault", e);
        }
    }

    /** Messages may repeat what a stranger sent: one short line, whatever that was. */
    private static String printable(Exception e) {
        String text = String.valueOf(e.getMessage());
        return text.substring(0, Math.min(text.length(), MAX_MESSAGE)).replaceAll("\\p{Cntrl}", "?");
    }

    /** The login's text is settled: the watch over its time ends. */
    void markNegotiated() {
        negotiated = true;
    }

    boolean isNegotiated() {
        return negotiated;
    }

    /** The full feature phase begins: others may send from now on. */
    void serveThrough(Outbox sending, boolean inSession) {
        hasSession = inSession;
        outbox = sending;
    }

    /** Where PDUs of the full feature phase go; nothing before. */
    Optional<Outbox> outbox() {
        return Optional.ofNullable(outbox);
    }

    /** Whether the initiator has a session with units, not just one to discover targets. */
    boolean hasSession() {
        return hasSession;
    }

    @Override
    public long reads() {
        return wire.reads();
    }

    @Override
    public long writes() {
        return wire.writes();
    }

    /** Discovery sessions are short, and are asked nothing. */
    @Override
    public void ask() {
        send(Outbox::ping);
    }

    /** Asks the initiator to log out. Never blocks. */
    void requestLogout(int seconds) {
        send(to -> to.requestLogout(seconds));
    }

    private interface Sending {
        void to(Outbox outbox) throws IOException;
    }

    /** On a thread of its own, as the peer may not read. */
    private void send(Sending what) {
        Outbox sending = outbox;
        if (sending == null || !hasSession) {
            return;
        }
        Thread.ofPlatform().daemon().name("iscsi-ask-" + peer).start(() -> {
            try {
                what.to(sending);
            } catch (IOException e) {
                LOG.log(Level.DEBUG, peer + ": not asked", e);
            }
        });
    }

    void endUnlessLoggedIn() {
        if (!negotiated) {
            end("no login in time");
        }
    }

    @Override
    public void end(String why) {
        LOG.log(Level.INFO, "{0}: {1}, the connection ends", peer, why);
        close();
    }

    /** Ends the connection from any thread. Its own thread then brings the session to rest. */
    void close() {
        try {
            wire.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, peer + ": closing", e);
        }
    }
}
