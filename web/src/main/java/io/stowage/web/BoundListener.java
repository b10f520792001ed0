package io.stowage.web;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;

/** A listener that has been given to Jetty. */
interface BoundListener {
    /** Makes it reachable, once it is bound. */
    void publish() throws IOException;

    /** Its address with the real port, when it is one of the network. */
    Optional<InetSocketAddress> address();

    /** Takes back what {@link #publish} left in the file system. */
    void remove();
}
