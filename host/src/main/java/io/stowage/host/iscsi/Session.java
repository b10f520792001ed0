package io.stowage.host.iscsi;

import io.stowage.host.connector.AttachRequest.Sharing;
import io.stowage.host.connector.ExpectedIdentity;
import io.stowage.host.connector.IdentityMismatch;
import io.stowage.host.connector.RemoteTarget;
import io.stowage.host.connector.TargetUnreachable;
import io.stowage.host.connector.UnitMissing;
import io.stowage.iscsi.login.ChapSecrets;
import io.stowage.iscsi.login.InitiatorIdentity;
import io.stowage.iscsi.login.LoginFailure;
import io.stowage.iscsi.login.SessionType;
import io.stowage.model.Portal;
import io.stowage.system.IoFlusher;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The session with one target, shared by its units: there as long as a unit is, over one connection after the other.
 * See the package's documentation for its threads. State is guarded by itself; the file is the keeper's.
 */
final class Session {
    private static final System.Logger LOG = System.getLogger(Session.class.getName());
    private static final Duration FAREWELL = Duration.ofSeconds(5);
    private static final long TICK_MILLIS = 500;

    private final String initiator;
    private final InitiatorOptions options;
    private final Optional<ChapSecrets> secrets;
    private final SessionFile file;
    private final String target;
    private final List<Thread> threads;

    private final Map<Integer, IscsiUnit> units = new LinkedHashMap<>();
    private List<Portal> portals;
    private boolean closed;
    private @Nullable Connection current;
    private @Nullable Connection toReceive;
    private @Nullable SocketChannel loggingIn;
    private long loginEnd;
    private String trouble = "";
    /** Since when the portal in use has no connection of ours; the keeper's. */
    private long silentSince = System.nanoTime();

    private boolean woken;

    private Session(
            String initiator,
            RemoteTarget target,
            SessionFile file,
            InitiatorOptions options,
            Optional<ChapSecrets> secrets) {
        this.initiator = initiator;
        this.secrets = secrets;
        this.target = target.qualifiedName();
        this.portals = target.portals();
        this.file = file;
        this.options = options;
        this.threads =
                List.of(thread("keeper", this::keep), thread("reader", this::receive), thread("watch", this::watch));
    }

    /** A session that connects when it has a unit. */
    static Session open(
            String initiator, RemoteTarget target, Path folder, InitiatorOptions options, Optional<ChapSecrets> secrets)
            throws IOException {
        SessionFile file = SessionFile.open(folder, target.qualifiedName());
        Session session = new Session(initiator, target, file, options, secrets);
        session.threads.forEach(Thread::start);
        return session;
    }

    private Thread thread(String role, Runnable work) {
        return Thread.ofPlatform().daemon().name("iscsi-" + role + "-" + target).unstarted(() -> {
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
    IscsiUnit attach(int number, RemoteTarget where, ExpectedIdentity identity, Sharing sharing) throws IOException {
        IscsiUnit unit = new IscsiUnit(this, number, identity, sharing, options);
        synchronized (this) {
            portals = where.portals();
            if (closed) {
                throw new IOException("The initiator is closed");
            }
            IscsiUnit other = units.putIfAbsent(number, unit);
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
    void awaitSize(IscsiUnit unit, long size) throws IOException {
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

    /** Takes a unit out. Commands that wait for it fail. The session is logged out with its last unit. */
    void drop(IscsiUnit unit) {
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

    /** Ends the session without logging out: a successor with the same file reinstates it. */
    void close() {
        Connection connection;
        synchronized (this) {
            closed = true;
            connection = current;
            if (loggingIn != null) {
                Sockets.abort(loggingIn);
            }
            units.values().forEach(unit -> unit.state().close());
            notifyAll();
        }
        if (connection != null) {
            connection.fail(new EOFException("the session was closed"));
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

    private synchronized List<IscsiUnit> snapshot() {
        return List.copyOf(units.values());
    }

    // ---- the keeper ----

    private void keep() {
        while (awaitWork()) {
            Connection connection = connect();
            if (connection != null) {
                serve(connection);
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
    private @Nullable Connection connect() {
        while (wanted()) {
            for (Portal portal : candidates()) {
                try {
                    Connection connection = login(portal);
                    LOG.log(System.Logger.Level.INFO, "Session with {0} through {1}", target, portal);
                    return connection;
                } catch (IOException | LoginFailure | RuntimeException e) {
                    // RuntimeException: a target's nonsense must not end the keeper
                    note("portal " + portal + ": " + e.getMessage());
                }
            }
            rest(options.retryDelay().toMillis());
        }
        return null;
    }

    /** The portal in use comes first, and alone until it must have noticed the loss: see {@link SessionFile}. */
    private List<Portal> candidates() {
        List<Portal> known = portals();
        Optional<Portal> used = file.inUse();
        if (used.isEmpty()) {
            return known;
        }
        boolean fenced = System.nanoTime() - silentSince > options.fenceBound().toNanos();
        List<Portal> others =
                known.stream().filter(portal -> !used.get().equals(portal)).toList();
        return fenced ? Stream.concat(used.stream(), others.stream()).toList() : List.of(used.get());
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

    private Connection login(Portal portal) throws IOException, LoginFailure {
        SocketChannel channel = Sockets.connect(portal, options.connectTimeout());
        boolean done = false;
        try {
            synchronized (this) {
                if (closed) {
                    throw new EOFException("the session was closed");
                }
                loggingIn = channel;
                loginEnd = System.nanoTime() + options.loginTimeout().toNanos();
            }
            InitiatorIdentity identity =
                    new InitiatorIdentity(initiator, target, SessionType.NORMAL, file.isid(), 0, 0);
            LoggedIn result = Login.perform(portal, channel, identity, secrets);
            file.use(portal);
            Connection connection = new Connection(result, options.queueDepth(), this::wake);
            done = true;
            return connection;
        } finally {
            synchronized (this) {
                loggingIn = null;
            }
            if (!done) {
                Sockets.abort(channel);
            }
        }
    }

    private void serve(Connection connection) {
        if (!handOver(connection)) {
            connection.fail(new EOFException("the session was closed"));
            connection.receive(); // nobody else will: it only ends the connection
            return;
        }
        try {
            while (connection.alive() && !isClosed()) {
                snapshot().stream()
                        .filter(unit -> unit.state().examinationDue())
                        .forEach(unit -> examine(unit, connection));
                if (!isClosed() && (connection.isDismissed() || !wanted())) {
                    farewell(connection);
                } else if (connection.alive()) {
                    connection.ping(options.pingEvery());
                    rest(Math.min(
                                    options.pingEvery().toMillis() / 2,
                                    options.retryDelay().toMillis())
                            + 1);
                }
            }
        } finally {
            connection.fail(new EOFException("the session was closed"));
            snapshot().forEach(unit -> unit.state().lose());
            connection.awaitBurial();
            silentSince = System.nanoTime();
            LOG.log(System.Logger.Level.INFO, "Connection with {0} ended: {1}", target, connection.epitaph());
            synchronized (this) {
                current = null;
                notifyAll();
            }
        }
    }

    /** Gives the connection to the reader; false if the reader may be gone already. */
    private synchronized boolean handOver(Connection connection) {
        if (closed) {
            return false;
        }
        current = connection;
        toReceive = connection;
        trouble = "";
        notifyAll();
        return true;
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    /** A session that was logged out needs no fence: the next portal may be used at once. */
    private void farewell(Connection connection) {
        try {
            if (connection.logout(FAREWELL)) {
                file.quiet();
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "Cannot note the end of the session: " + e.getMessage());
        }
    }

    private void examine(IscsiUnit unit, Connection connection) {
        Duration next = options.retryDelay();
        UnitState state = unit.state();
        state.lose();
        try {
            Examination examination = new Examination(connection, unit.number(), options.retryDelay());
            UnitFacts facts = examination.of(unit.identity());
            unit.repeatKept(examination, facts);
            state.ready(new Readiness(connection, facts));
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

    // ---- the reader ----

    private void receive() {
        Connection connection = awaitConnection();
        while (connection != null) {
            connection.receive();
            connection = awaitConnection();
        }
    }

    private synchronized @Nullable Connection awaitConnection() {
        while (toReceive == null && !closed) {
            Interruptions.waitOn(this);
        }
        Connection next = toReceive;
        toReceive = null;
        return next;
    }

    // ---- the watch ----

    private void watch() {
        Duration silence = options.pingEvery().plus(options.pingTimeout());
        while (!isClosed()) {
            Connection connection;
            synchronized (this) {
                Interruptions.waitOn(this, TICK_MILLIS);
                connection = current;
                if (loggingIn != null && loginEnd - System.nanoTime() <= 0) {
                    Sockets.abort(loggingIn);
                }
            }
            if (connection != null && connection.alive()) {
                if (connection.heardBefore(silence)) {
                    connection.fail(new EOFException("nothing came for " + silence.toSeconds() + " seconds"));
                } else if (connection.owesAnswerSince(options.commandTimeout())) {
                    connection.fail(new EOFException("a command was not answered for "
                            + options.commandTimeout().toSeconds() + " seconds"));
                }
            }
        }
    }
}
