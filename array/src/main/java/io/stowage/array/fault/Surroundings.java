package io.stowage.array.fault;

import java.util.Collection;
import java.util.Optional;

/** What a tester's words mean on this array, and what may be done with it beside switches. */
public interface Surroundings {
    /** The personality's name. */
    String personality();

    /** All paths of the management API, below its version. */
    Collection<String> paths();

    /** The serial number of the volume with this full name. */
    Optional<String> serialOf(String volume);

    /** Whether this host object has this initiator. */
    boolean isOfHost(String host, String initiator);

    /** The requests to the management API that have been answered. */
    CallCounts calls();

    /** Ends all sessions of the management API, as when the other controller takes over. */
    void endSessions();

    /** What may be set. */
    Collection<Knob> knobs();
}
