package io.stowage.web;

import io.stowage.web.tls.ServerCertificate;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;

/** Where a {@link WebServer} is reached. */
public sealed interface Listener {
    /**
     * HTTPS, TLS 1.3 and 1.2 or TLS 1.3 only.
     *
     * @param address port 0 takes a free one
     * @param policy what is asked of clients
     */
    record Https(InetSocketAddress address, ServerCertificate certificate, TlsPolicy policy) implements Listener {}

    /**
     * A unix socket. A file that is in its place, left by a crash, is replaced.
     *
     * @param path at most 107 bytes
     * @param mode permissions such as {@code 0660}, in place before anybody can connect
     * @param group owner group of the socket; empty leaves the process's own
     */
    record UnixSocket(Path path, int mode, Optional<String> group) implements Listener {}

    /** What a TLS listener asks of its clients. */
    enum TlsPolicy {
        /** TLS 1.2 or 1.3; clients are not asked for certificates. Management of arrays. */
        SERVER_ONLY,
        /**
         * TLS 1.3; clients are asked for a certificate, any one is let through, and the handler
         * decides by {@link Peer.Remote#certificate()}. The server's API.
         */
        ASK_CLIENT
    }
}
