package io.stowage.host.remote;

import io.stowage.host.connector.AttachRequest;
import io.stowage.host.connector.IdentityMismatch;
import io.stowage.host.connector.TargetUnreachable;
import io.stowage.host.connector.UnitMissing;
import io.stowage.model.Portal;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An initiator (an NVMe host) with a name of its own and one session per target. Thread-safe. One process at a time per
 * name: two would end each other's sessions, as they log in with the same identifiers.
 */
public final class Initiator implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Initiator.class.getName());
    private static final Duration LAST_FLUSH = Duration.ofSeconds(10);

    private final String name;
    private final Dialers dialers;
    private final InitiatorOptions options;
    private final Map<String, Session> sessions = new HashMap<>(); // guarded by itself

    /**
     * An initiator that connects when it is asked for a unit.
     *
     * @param name its IQN or host NQN
     * @param dialers its protocol
     */
    public Initiator(String name, Dialers dialers, InitiatorOptions options) {
        this.name = name;
        this.dialers = dialers;
        this.options = options;
    }

    /** The IQN or the host NQN. */
    public String name() {
        return name;
    }

    /** Targets that portals list to us, see {@link Dialers#listed}. */
    public List<String> listed(List<Portal> portals) {
        return dialers.listed(portals);
    }

    /**
     * Opens a unit whose identity was proven.
     *
     * @throws TargetUnreachable no portal takes us within the time for attaching
     * @throws UnitMissing the target has no such unit for us
     * @throws IdentityMismatch it is another volume, or is open as another one
     */
    public RemoteUnit open(AttachRequest request) throws IOException {
        return session(request).attach(request.unit(), request.target(), request.identity(), request.sharing());
    }

    /** Waits until the unit has at least this size, and knows it then. */
    public void awaitSize(RemoteUnit unit, long bytes) throws IOException {
        unit.session().awaitSize(unit, bytes);
    }

    /** Makes what was written durable if the target can be reached soon, and forgets the unit. Repeatable. */
    public void close(RemoteUnit unit) {
        unit.state().beginClosing(LAST_FLUSH);
        // Sockets turn non-blocking for good once a virtual thread has used them.
        Thread last = Thread.ofPlatform().name("last-flush").start(() -> {
            try {
                unit.flush();
            } catch (IOException e) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "Unit " + unit.number() + " was closed unflushed: " + e.getMessage());
            }
        });
        boolean interrupted = false;
        while (last.isAlive()) {
            try {
                last.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        unit.session().drop(unit);
    }

    private Session session(AttachRequest request) throws IOException {
        synchronized (sessions) {
            String target = request.target().qualifiedName();
            Session session = sessions.get(target);
            if (session == null) {
                session = Session.open(request.target(), dialers.to(request.target()), options);
                sessions.put(target, session);
            }
            return session;
        }
    }

    /** Ends all sessions so that a successor carries them on. What waits for an answer fails. */
    @Override
    public void close() {
        synchronized (sessions) {
            sessions.values().forEach(Session::close);
            sessions.clear();
        }
    }
}
