package io.stowage.host.iscsi;

import io.stowage.host.connector.AttachRequest;
import io.stowage.host.connector.IdentityMismatch;
import io.stowage.host.connector.TargetUnreachable;
import io.stowage.host.connector.UnitMissing;
import io.stowage.iscsi.login.ChapSecrets;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An iSCSI initiator with a name of its own and one session per target. Thread-safe. One process at a time per folder:
 * two would end each other's sessions, as they log in with the same identifiers.
 */
public final class Initiator implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Initiator.class.getName());
    private static final Duration LAST_FLUSH = Duration.ofSeconds(10);

    private final String name;
    private final Path folder;
    private final InitiatorOptions options;
    private final Optional<ChapSecrets> secrets;
    private final Map<String, Session> sessions = new HashMap<>(); // guarded by itself

    /** An initiator that doesn't authenticate; see {@link #Initiator(String, Path, InitiatorOptions, Optional)}. */
    public Initiator(String name, Path folder, InitiatorOptions options) {
        this(name, folder, options, Optional.empty());
    }

    /**
     * An initiator that connects when it is asked for a unit.
     *
     * @param name its IQN
     * @param folder where it remembers its session identifiers; made when absent
     * @param secrets for CHAP; with a target's secret in it, the targets have to prove that they know it
     */
    public Initiator(String name, Path folder, InitiatorOptions options, Optional<ChapSecrets> secrets) {
        this.name = name;
        this.secrets = secrets;
        this.folder = folder;
        this.options = options;
    }

    /** The IQN. */
    public String name() {
        return name;
    }

    /**
     * Opens a unit whose identity was proven.
     *
     * @throws TargetUnreachable no portal takes us within the time for attaching
     * @throws UnitMissing the target has no such unit for us
     * @throws IdentityMismatch it is another volume, or is open as another one
     */
    public IscsiUnit open(AttachRequest request) throws IOException {
        return session(request).attach(request.unit(), request.target(), request.identity(), request.sharing());
    }

    /** Waits until the unit has at least this size, and knows it then. */
    public void awaitSize(IscsiUnit unit, long bytes) throws IOException {
        unit.session().awaitSize(unit, bytes);
    }

    /** Makes what was written durable if the target can be reached soon, and forgets the unit. Repeatable. */
    public void close(IscsiUnit unit) {
        unit.state().beginClosing(LAST_FLUSH);
        // Sockets turn non-blocking for good once a virtual thread has used them.
        Thread last = Thread.ofPlatform().name("iscsi-last-flush").start(() -> {
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
                session = Session.open(name, request.target(), folder, options, secrets);
                sessions.put(target, session);
            }
            return session;
        }
    }

    /** Ends all sessions without logging out, so that a successor carries them on. What waits for an answer fails. */
    @Override
    public void close() {
        synchronized (sessions) {
            sessions.values().forEach(Session::close);
            sessions.clear();
        }
    }
}
