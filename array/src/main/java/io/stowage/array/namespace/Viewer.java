package io.stowage.array.namespace;

import io.stowage.array.core.Registrant;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * One controller: a host seen through one portal, with the features it has set and the events it hasn't heard yet. May be
 * used by several threads.
 */
public final class Viewer {
    private final Subsystem subsystem;
    private final String hostNqn;
    private final Registrant registrant;
    private final int controllerId;
    private final Path path;
    private final Runnable bell;
    private final Set<AsyncEvent> pending = new LinkedHashSet<>(); // guarded by this

    Viewer(Subsystem subsystem, String hostNqn, byte[] hostId, int controllerId, Path path, Runnable bell) {
        this.subsystem = subsystem;
        this.hostNqn = hostNqn;
        this.registrant = new Registrant(HexFormat.of().formatHex(hostId), 0);
        this.controllerId = controllerId;
        this.path = path;
        this.bell = bell;
    }

    public Subsystem subsystem() {
        return subsystem;
    }

    public String hostNqn() {
        return hostNqn;
    }

    public int controllerId() {
        return controllerId;
    }

    public Path path() {
        return path;
    }

    /** What reservations know the host by: its identifier, through whatever controller. */
    public Registrant registrant() {
        return registrant;
    }

    /** Takes the next event for an outstanding Asynchronous Event Request; it may be lost with the connection. */
    public synchronized Optional<AsyncEvent> nextEvent() {
        var first = pending.stream().findFirst();
        first.ifPresent(pending::remove);
        return first;
    }

    /** Its host is to be told, if it wants to be. */
    public void raise(AsyncEvent event) {
        synchronized (this) {
            if (!pending.add(event)) {
                return;
            }
        }
        bell.run();
    }
}
