package io.stowage.array.iscsi;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** A listening address with its portal group tag. Owns the thread that accepts. */
final class Portal {
    private static final Logger LOG = System.getLogger(Portal.class.getName());
    private static final int BACKLOG = 128;

    private final ServerSocketChannel server;
    private final InetSocketAddress address;
    private final int tag;

    private Portal(ServerSocketChannel server, InetSocketAddress address, int tag) {
        this.server = server;
        this.address = address;
        this.tag = tag;
    }

    static Portal open(InetSocketAddress wanted, int tag) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open();
        try {
            server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            server.bind(wanted, BACKLOG);
            return new Portal(server, (InetSocketAddress) server.getLocalAddress(), tag);
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

    void accept(Connections connections) {
        Thread.ofPlatform().daemon().name("iscsi-portal-" + tag).start(() -> acceptAll(connections));
    }

    void close() {
        try {
            server.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "closing portal " + tag, e);
        }
    }

    private void acceptAll(Connections connections) {
        while (server.isOpen()) {
            try {
                SocketChannel peer = server.accept();
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
