package io.stowage.host.remote;

import io.stowage.host.connector.AttachRequest.Sharing;
import io.stowage.host.connector.ExpectedIdentity;
import io.stowage.host.connector.IdentityMismatch;
import io.stowage.host.connector.RemoteTarget;
import io.stowage.host.connector.TargetUnreachable;
import io.stowage.host.connector.UnitMissing;
import io.stowage.model.Portal;
import io.stowage.system.IoFlusher;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The session with one target, shared by its units: there as long as a unit is, over one link after the other. See the
 * package's documentation for its threads. State is guarded by itself; the dialer is the keeper's.
 */
final class Session {
    private static final System.Logger LOG = System.getLogger(Session.class.getName());
    private static final Duration FAREWELL = Duration.ofSeconds(5);
    private static final long TICK_MILLIS = 500;

    private final Dialer dialer;
    private final InitiatorOptions options;
    private final String target;
    private final List<Thread> threads = new ArrayList<>();

    private final Map<Integer, RemoteUnit> units = new LinkedHashMap<>();
    private List<Portal> portals;
    private boolean closed;
    private @Nullable Link current;
    private @Nullable Link toReceive;
    private @Nullable Attempt dialing;
    private String trouble = "";
    private boolean woken;

    private Session(RemoteTarget target, Dialer dialer, InitiatorOptions options) {
        this.target = target.qualifiedName();
        this.portals = target.portals();
        this.dialer = dialer;
        this.options = options;
        threads.add(thread("keeper", this::keep));
        threads.add(thread("watch", this::watch));
        for (int i = 0; i < dialer.readers(); i++) {
            int reader = i;
            threads.add(thread("reader-" + i, () -> receive(reader)));
        }
    }

    /** A session that connects when it has a unit. */
    static Session open(RemoteTarget target, Dialer dialer, InitiatorOptions options) {
        Session session = new Session(target, dialer, options);
        session.threads.forEach(Thread::start);
        return session;
    }

    private Thread thread(String role, Runnable work) {
        return Thread.ofPlatform()
                .daemon()
                .name(dialer.protocol() + "-" + role + "-" + target)
                .unstarted(() -> {
                    IoFlusher.mark();
                    boolean ended = false;
                    while (!ended) {
                        ended = survives(role, work);
                    }
                });
    }

    /** Without one of its threads the session's units would wait for ever, so an error, such as no memory, ends none. */
    private boolean survives(String role, Runnable work) {
        try {
            work.run();
            return true;
        } catch (RuntimeException | Error e) {
            LOG.log(System.Logger.Level.ERROR, "The " + role + " of the session with " + target + " begins anew", e);
            synchronized (this) {
                Interruptions.waitOn(this, TICK_MILLIS);
                return closed;
            }
        }
    }

    /** Adds a unit and waits until its identity was proven; on failure it is not added. */
    RemoteUnit attach(int number, RemoteTarget where, ExpectedIdentity identity, Sharing sharing) throws IOException {
        RemoteUnit unit = new RemoteUnit(this, number, identity, sharing, options);
        synchronized (this) {
            portals = where.portals();
            if (closed) {
                throw new IOException("The initiator is closed");
            }
            RemoteUnit other = units.putIfAbsent(number, unit);
            if (other != null) {
                throw new IdentityMismatch("Unit %d of %s is attached as the volume %s, not %s"
                        .formatted(number, target, other.identity().designator(), identity.designator()));
            }
        }
        wake();
        boolean opened = false;
        try {
            opened = unit.state().awaitOpened(options.attachTimeout());
            if (!opened) {
                throw new TargetUnreachable(
                        "Target %s can't be used through %s: %s".formatted(target, portals(), trouble()));
            }
            return unit;
        } finally {
            Interruptions.giveBack();
            if (!opened) {
                drop(unit);
            }
        }
    }

    /** Asks the unit for its size until it has at least this one. */
    void awaitSize(RemoteUnit unit, long size) throws IOException {
        long end = System.nanoTime() + options.attachTimeout().toNanos();
        do {
            long seen = unit.state().requestExamination();
            unit.state().awaitExamination(seen, Duration.ofNanos(Math.max(1, end - System.nanoTime())));
            if (unit.state().isReady() && unit.size() >= size) {
                Interruptions.giveBack();
                return;
            }
            unit.state().pause(options.retryDelay());
        } while (end - System.nanoTime() > 0);
        Interruptions.giveBack();
        throw new IOException(
                "Unit %d of %s has %d bytes, not the %d expected".formatted(unit.number(), target, unit.size(), size));
    }

    /** Takes a unit out. Commands that wait for it fail. The session ends with its last unit. */
    void drop(RemoteUnit unit) {
        unit.state().close();
        synchronized (this) {
            units.remove(unit.number(), unit);
        }
        wake();
        long end = System.nanoTime() + FAREWELL.multipliedBy(2).toNanos();
        synchronized (this) {
            while (units.isEmpty() && current != null && !closed && end - System.nanoTime() > 0) {
                Interruptions.waitOn(this, TICK_MILLIS);
            }
        }
        Interruptions.giveBack();
    }

    /** Ends the session for this process only: a successor carries it on. */
    void close() {
        Link link;
        synchronized (this) {
            closed = true;
            link = current;
            if (dialing != null) {
                dialing.abort();
            }
            units.values().forEach(unit -> unit.state().close());
            notifyAll();
        }
        if (link != null) {
            link.fail(new EOFException("the session was closed"));
        }
        for (Thread thread : threads) {
            try {
                thread.join(FAREWELL);
            } catch (InterruptedException e) {
                Interruptions.note();
            }
        }
        Interruptions.giveBack();
    }

    private synchronized String trouble() {
        return trouble.isEmpty() ? "it doesn't answer in time" : trouble;
    }

    private synchronized List<Portal> portals() {
        return portals;
    }

    /** Lets the keeper look around. Never blocks for long. */
    synchronized void wake() {
        woken = true;
        notifyAll();
    }

    private synchronized void rest(long millis) {
        if (!woken && !closed) {
            Interruptions.waitOn(this, millis);
        }
        woken = false;
    }

    private synchronized boolean wanted() {
        return !closed && !units.isEmpty();
    }

    private synchronized List<RemoteUnit> snapshot() {
        return List.copyOf(units.values());
    }

    // ---- the keeper ----

    private void keep() {
        while (awaitWork()) {
            Link link = connect();
            if (link != null) {
                serve(link);
            }
        }
    }

    private synchronized boolean awaitWork() {
        while (!closed && units.isEmpty()) {
            Interruptions.waitOn(this);
        }
        return !closed;
    }

    /** Tries portals until one takes us; null when nobody wants it any more. */
    private @Nullable Link connect() {
        while (wanted()) {
            for (Portal portal : dialer.candidates(portals())) {
                try {
                    Link link = dial(portal);
                    LOG.log(System.Logger.Level.INFO, "Session with {0} through {1}", target, portal);
                    return link;
                } catch (IOException | RuntimeException e) {
                    // RuntimeException: a target's nonsense must not end the keeper
                    note("portal " + portal + ": " + e.getMessage());
                }
            }
            rest(options.retryDelay().toMillis());
        }
        return null;
    }

    private void note(String news) {
        synchronized (this) {
            if (trouble.equals(news)) {
                return;
            }
            trouble = news;
        }
        LOG.log(System.Logger.Level.WARNING, "No session with {0}: {1}", target, news);
    }

    private Link dial(Portal portal) throws IOException {
        Attempt attempt = new Attempt(options.loginTimeout());
        boolean done = false;
        try {
            synchronized (this) {
                if (closed) {
                    throw new EOFException("the session was closed");
                }
                dialing = attempt;
            }
            Link link = dialer.dial(portal, attempt, this::wake);
            done = true;
            return link;
        } finally {
            synchronized (this) {
                dialing = null;
            }
            if (!done) {
                attempt.abort();
            }
        }
    }

    private void serve(Link link) {
        if (!handOver(link)) {
            link.fail(new EOFException("the session was closed"));
            for (int i = 0; i < dialer.readers(); i++) {
                int reader = i;
                Thread.ofPlatform().daemon().start(() -> link.receive(reader)); // nobody else will
            }
            dialer.ended(link.bury());
            return;
        }
        boolean vouched = false;
        try {
            while (link.alive() && !isClosed()) {
                link.tend(this::changed);
                snapshot().stream()
                        .filter(unit -> unit.state().examinationDue())
                        .forEach(unit -> examine(unit, link));
                if (!isClosed() && (link.isDismissed() || !wanted())) {
                    vouched = link.farewell(FAREWELL);
                } else if (link.alive()) {
                    rest(Math.min(
                                    options.pingEvery().toMillis() / 2,
                                    options.retryDelay().toMillis())
                            + 1);
                }
            }
        } finally {
            link.fail(new EOFException("the session was closed"));
            snapshot().forEach(unit -> unit.state().lose());
            boolean quiet = link.bury();
            dialer.ended(vouched || quiet);
            LOG.log(System.Logger.Level.INFO, "Connection with {0} ended: {1}", target, link.epitaph());
            synchronized (this) {
                current = null;
                notifyAll();
            }
        }
    }

    /** Gives the link to the readers; false if they may be gone already. */
    private synchronized boolean handOver(Link link) {
        if (closed) {
            return false;
        }
        current = link;
        toReceive = link;
        trouble = "";
        notifyAll();
        return true;
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private void changed(int number) {
        snapshot().stream()
                .filter(unit -> number == Link.ALL_UNITS || unit.number() == number)
                .forEach(RemoteUnit::examineAgain);
    }

    private void examine(RemoteUnit unit, Link link) {
        Duration next = options.retryDelay();
        UnitState state = unit.state();
        state.lose();
        try {
            ProvenUnit proven = link.examine(unit.number(), unit.identity());
            unit.repeatKept(proven);
            state.ready(proven);
        } catch (UnitMissing e) {
            state.missing(e, options.missingGrace(), next);
        } catch (IdentityMismatch e) {
            LOG.log(System.Logger.Level.ERROR, "{0}: {1}", target, e.getMessage());
            state.fail(e, next);
        } catch (IOException | RuntimeException e) {
            // RuntimeException: a target's nonsense must not end the keeper
            note("unit " + unit.number() + ": " + e.getMessage());
            state.again(next);
        }
    }

    // ---- the readers ----

    private void receive(int reader) {
        Link link = awaitLink(null);
        while (link != null) {
            link.receive(reader);
            link = awaitLink(link);
        }
    }

    /** The next link; a link is buried, and a next one there, only when every reader is done with it. */
    private synchronized @Nullable Link awaitLink(@Nullable Link done) {
        while ((toReceive == null || toReceive == done) && !closed) {
            Interruptions.waitOn(this);
        }
        return toReceive == done ? null : toReceive;
    }

    // ---- the watch ----

    private void watch() {
        while (!isClosed()) {
            Link link;
            synchronized (this) {
                Interruptions.waitOn(this, TICK_MILLIS);
                link = current;
                if (dialing != null && dialing.isOverdue()) {
                    dialing.abort();
                }
            }
            if (link != null && link.alive()) {
                link.heartbeat().ifPresent(why -> link.fail(new EOFException(why)));
            }
        }
    }
}
