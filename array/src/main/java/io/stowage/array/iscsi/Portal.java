package io.stowage.array.iscsi;

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
 * An address with its portal group tag. Listens while it is in service, and owns the thread that accepts. May be used by
 * several threads.
 */
final class Portal {
    private static final Logger LOG = System.getLogger(Portal.class.getName());
    private static final int BACKLOG = 128;

    private final InetSocketAddress address;
    private final int tag;
    private ServerSocketChannel server;

    private Portal(ServerSocketChannel server, InetSocketAddress address, int tag) {
        this.server = server;
        this.address = address;
        this.tag = tag;
    }

    static Portal open(InetSocketAddress wanted, int tag) throws IOException {
        ServerSocketChannel server = listen(wanted);
        return new Portal(server, (InetSocketAddress) server.getLocalAddress(), tag);
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
    InetSocketAddress address() {
        return address;
    }

    /** Portal group tag and relative port identifier. */
    int tag() {
        return tag;
    }

    /** As {@code ADDRESS:PORT}, IPv6 addresses in brackets. */
    static String text(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (address.getAddress() instanceof Inet6Address ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    /** Whether initiators may come. */
    synchronized boolean isInService() {
        return server.isOpen();
    }

    synchronized void accept(Connections connections) {
        ServerSocketChannel listening = server;
        Thread.ofPlatform().daemon().name("iscsi-portal-" + tag).start(() -> acceptAll(listening, connections));
    }

    /** Listens again after {@link #close}. */
    synchronized void reopen(Connections connections) throws IOException {
        if (!server.isOpen()) {
            server = listen(address);
            accept(connections);
        }
    }

    synchronized void close() {
        try {
            server.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "closing portal " + tag, e);
        }
    }

    private void acceptAll(ServerSocketChannel listening, Connections connections) {
        while (listening.isOpen()) {
            try {
                SocketChannel peer = listening.accept();
                connections.open(peer, this);
            } catch (ClosedChannelException closed) {
                return;
            } catch (IOException e) {
                // Out of descriptors, or the peer was gone before it was accepted: go on with the next.
                LOG.log(Level.WARNING, "Portal {0} can''t accept a connection: {1}", tag, e.getMessage());
                Thread.yield();
            }
        }
    }
}
