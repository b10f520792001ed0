package io.stowage.array.core;

import java.net.InetSocketAddress;
import java.util.List;

/** Who is logged in: data front ends tell it, management APIs show it. May be asked from any thread. */
public interface Logins {
    /** The sessions there are now, in no particular order; an initiator has one for each path. */
    List<Login> now();

    /**
     * A session of an initiator.
     *
     * @param initiator its IQN or NQN as it gave it
     * @param from its address
     * @param portal the portal of the array through which it came, as the front end listens there
     */
    record Login(String initiator, InetSocketAddress from, InetSocketAddress portal) {}
}
