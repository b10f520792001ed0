package io.stowage.host.iscsi;

import io.stowage.iscsi.pdu.Isid;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A small iSCSI target with one disk, that does as it is told and reinstates sessions as RFC 7143, section 6.3.5
 * demands. {@link ScriptedDisk} holds the script.
 */
final class ScriptedTarget implements AutoCloseable {
    private final ServerSocketChannel listener;
    private final ScriptedDisk disk;
    private final Map<Isid, ScriptedConnection> sessions = new HashMap<>(); // guarded by this
    private final Set<ScriptedConnection> connections = new HashSet<>(); // guarded by this
    private final Thread acceptor;
    private int logins; // guarded by this
    private volatile boolean refusing;

    ScriptedTarget(ScriptedDisk disk) throws IOException {
        this.disk = disk;
        listener = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        acceptor = Thread.ofPlatform().daemon().name("scripted-target").start(this::accept);
    }

    int port() {
        return listener.socket().getLocalPort();
    }

    ScriptedDisk disk() {
        return disk;
    }

    synchronized int logins() {
        return logins;
    }

    /** Whether connections are closed as soon as they come. */
    void refuse(boolean refuse) {
        refusing = refuse;
    }

    /** Ends all connections, as a target does that falls over. */
    void dropConnections() {
        Set<ScriptedConnection> all;
        synchronized (this) {
            all = Set.copyOf(connections);
        }
        all.forEach(ScriptedConnection::end);
    }

    /** Called by a connection when its login is complete: the older session of this ISID ends before it returns. */
    void enter(Isid isid, ScriptedConnection connection) {
        ScriptedConnection old;
        synchronized (this) {
            old = sessions.put(isid, connection);
            logins++;
        }
        if (old != null) {
            old.end();
        }
    }

    synchronized void left(ScriptedConnection connection) {
        connections.remove(connection);
        sessions.values().remove(connection);
    }

    private void accept() {
        while (true) {
            @Nullable SocketChannel channel = next();
            if (channel == null) {
                return;
            }
            ScriptedConnection connection = new ScriptedConnection(this, channel);
            synchronized (this) {
                connections.add(connection);
            }
            connection.start();
            if (refusing) {
                connection.end();
            }
        }
    }

    private @Nullable SocketChannel next() {
        try {
            return listener.accept();
        } catch (IOException e) {
            return null; // closed
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        dropConnections();
    }
}
