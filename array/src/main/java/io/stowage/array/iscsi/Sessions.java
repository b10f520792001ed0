package io.stowage.array.iscsi;

import io.stowage.array.core.Meter;
import io.stowage.array.core.Meters;
import io.stowage.array.scsi.Nexus;
import io.stowage.iscsi.login.InitiatorIdentity;
import io.stowage.iscsi.login.LoginFailure;
import io.stowage.iscsi.pdu.LoginStatus;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All normal sessions of a target. May be used by several threads. RFC 7143, section 6.3.5. */
final class Sessions {
    private static final Logger LOG = System.getLogger(Sessions.class.getName());
    private static final int MAX_TSIH = 0xFFFF;

    private final Limits limits;
    private final Meters meters;
    private final Map<Session.Key, Session> byKey = new HashMap<>();
    private int lastTsih;

    /** @param meters one for each session */
    Sessions(Limits limits, Meters meters) {
        this.limits = limits;
        this.meters = meters;
    }

    /**
     * Opens a session. One of the same initiator port to the same portal group is ended first, and its tasks waited for
     * (session reinstatement).
     *
     * @throws LoginFailure the old session's tasks don't come to rest in time
     */
    Session open(InitiatorIdentity identity, Connection connection, Target target, Nexus nexus) throws LoginFailure {
        Session.Key key = Session.Key.of(identity, connection.portal().number());
        while (true) {
            Session old;
            synchronized (this) {
                old = byKey.get(key);
                if (old == null) {
                    Meter meter = meters.open(
                            identity.initiator(), connection.portal().address());
                    Session session = new Session(key, identity, nextTsih(), connection, target, nexus, meter);
                    byKey.put(key, session);
                    return session;
                }
            }
            LOG.log(Level.INFO, "{0} logs in again: its old session ends", identity.initiator());
            old.end();
            if (!old.awaitQuiet(limits.patience().reinstatement())) {
                throw new LoginFailure(
                        LoginStatus.SERVICE_UNAVAILABLE,
                        "the old session of " + identity.initiator() + " has commands that don't end");
            }
        }
    }

    /** Forgets a session and tells those who wait for it: called when it is quiet. */
    void close(Session session) {
        synchronized (this) {
            byKey.remove(session.key(), session);
        }
        session.meter().close();
        session.markQuiet();
    }

    /** The session with this handle, if it is of this initiator port. */
    synchronized Optional<Session> find(InitiatorIdentity identity) {
        return byKey.values().stream()
                .filter(session -> session.tsih() == identity.tsih()
                        && session.identity().isid().equals(identity.isid())
                        && session.identity().initiator().equalsIgnoreCase(identity.initiator()))
                .findFirst();
    }

    /** All sessions there are now. */
    synchronized Collection<Session> all() {
        return List.copyOf(byKey.values());
    }

    private int nextTsih() {
        boolean taken;
        do {
            lastTsih = lastTsih % MAX_TSIH + 1;
            int candidate = lastTsih;
            taken = byKey.values().stream().anyMatch(session -> session.tsih() == candidate);
        } while (taken);
        return lastTsih;
    }
}
