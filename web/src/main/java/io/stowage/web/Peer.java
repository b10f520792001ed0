package io.stowage.web;

import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.Optional;

/** The other end of a connection. */
public sealed interface Peer {
    /**
     * A process of this machine, on a unix socket.
     *
     * @param user name of its user, or the number when it has no name; as the kernel says
     *     (SO_PEERCRED)
     * @param group the same for its group
     */
    record Local(String user, String group) implements Peer {}

    /**
     * A TLS client.
     *
     * @param certificate what it identified itself with, not verified: trust is the handler's
     *     decision. Only present when the listener asks for certificates.
     */
    record Remote(InetSocketAddress address, Optional<X509Certificate> certificate) implements Peer {}
}
