package io.stowage.host.remote;

import io.stowage.model.Portal;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/** TCP connections as storage protocols want them. */
public final class Sockets {
    private static final System.Logger LOG = System.getLogger(Sockets.class.getName());
    private static final int BUFFER = 1 << 20;

    private Sockets() {}

    /** A blocking connection to a portal. */
    static SocketChannel connect(Portal portal, Duration timeout) throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
            channel.setOption(StandardSocketOptions.SO_SNDBUF, BUFFER);
            channel.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER);
            channel.socket()
                    .connect(
                            new InetSocketAddress(portal.address(), portal.port()),
                            Math.toIntExact(timeout.toMillis()));
            return channel;
        } catch (IOException e) {
            channel.close();
            throw new IOException("cannot connect to portal " + portal + ": " + e.getMessage(), e);
        }
    }

    /** Closes so that what wasn't sent yet never will be. */
    public static void abort(SocketChannel channel) {
        try {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "closed already: {0}", e.getMessage());
        }
        try {
            channel.close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "close: {0}", e.getMessage());
        }
    }
}
