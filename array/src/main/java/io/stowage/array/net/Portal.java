package io.stowage.array.net;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/**
 * An address where hosts come in, with its number. Listens while it is in service, and owns the thread that accepts. May be used by
 * several threads.
 */
public final class Portal {
    private static final Logger LOG = System.getLogger(Portal.class.getName());
    private static final int BACKLOG = 128;
    private static final int SOCKET_BUFFER = 1024 * 1024;

    private final String name;
    private final InetSocketAddress address;
    private final int number;
    private ServerSocketChannel server;

    private Portal(String name, ServerSocketChannel server, InetSocketAddress address, int number) {
        this.name = name;
        this.server = server;
        this.address = address;
        this.number = number;
    }

    /** Who takes the connections that come in. */
    public interface Doorkeeper {
        /**
         * Takes over a socket; never waits for its peer.
         *
         * @return whether it did; otherwise, and if this fails, the portal closes it
         */
        boolean admit(SocketChannel peer, Portal through) throws IOException;
    }

    /**
     * A portal that listens already, so that hosts wait until somebody {@link #accept accepts} them.
     *
     * @param frontEnd whose portal it is, for its thread
     * @param wanted port 0 takes a free one
     * @param number relative port identifier, 1 to 65535
     */
    public static Portal open(String frontEnd, InetSocketAddress wanted, int number) throws IOException {
        ServerSocketChannel server = listen(wanted);
        return new Portal(frontEnd + "-portal-" + number, server, (InetSocketAddress) server.getLocalAddress(), number);
    }

    private static ServerSocketChannel listen(InetSocketAddress wanted) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open();
        try {
            server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            return server.bind(wanted, BACKLOG);
        } catch (IOException e) {
            server.close();
            throw new IOException("Can't listen on %s: %s".formatted(wanted, e.getMessage()), e);
        }
    }

    /** Where it listens, with the port that was found free if none was given. */
    public InetSocketAddress address() {
        return address;
    }

    /** Relative port identifier, which also is the tag of its portal group. */
    public int number() {
        return number;
    }

    /** As {@code ADDRESS:PORT}, IPv6 addresses in brackets. */
    public static String text(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (address.getAddress() instanceof Inet6Address ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    /** Whether initiators may come. */
    public synchronized boolean isInService() {
        return server.isOpen();
    }

    /** Begins to let hosts in. */
    public synchronized void accept(Doorkeeper doorkeeper) {
        ServerSocketChannel listening = server;
        Thread.ofPlatform().daemon().name(name).start(() -> acceptAll(listening, doorkeeper));
    }

    /** Listens again after {@link #close}. */
    public synchronized void reopen(Doorkeeper doorkeeper) throws IOException {
        if (!server.isOpen()) {
            server = listen(address);
            accept(doorkeeper);
        }
    }

    /** Lets nobody in any more. */
    public synchronized void close() {
        try {
            server.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "closing " + name, e);
        }
    }

    private void letIn(SocketChannel peer, Doorkeeper doorkeeper) throws IOException {
        boolean admitted = false;
        try {
            peer.setOption(StandardSocketOptions.TCP_NODELAY, true);
            peer.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER);
            peer.setOption(StandardSocketOptions.SO_SNDBUF, SOCKET_BUFFER);
            admitted = doorkeeper.admit(peer, this);
        } finally {
            if (!admitted) {
                peer.close();
            }
        }
    }

    private void acceptAll(ServerSocketChannel listening, Doorkeeper doorkeeper) {
        while (listening.isOpen()) {
            try {
                letIn(listening.accept(), doorkeeper);
            } catch (ClosedChannelException closed) {
                return;
            } catch (IOException e) {
                // Out of descriptors, or the peer was gone before it was accepted: go on with the next.
                LOG.log(Level.WARNING, "{0} can''t accept a connection: {1}", name, e.getMessage());
                Thread.yield();
            }
        }
    }
}
