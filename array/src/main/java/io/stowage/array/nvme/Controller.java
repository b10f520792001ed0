package io.stowage.array.nvme;

import io.stowage.array.net.Portal;
import io.stowage.nvme.command.Status;
import io.stowage.nvme.fabrics.Configuration;
import io.stowage.nvme.fabrics.ControllerStatus;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A controller: what one host has connected to through one portal, from its admin queue's Connect to that queue's end.
 * May be used by several threads. Base 2.0, section 3.1.2.
 */
final class Controller {
    private final int id;
    private final String subsystem;
    private final Host host;
    private final Connection admin;
    private final Events events;
    private final Map<Integer, Connection> ioQueues = new HashMap<>(); // guarded by this
    private volatile Service service;
    private volatile Configuration configuration = new Configuration(0);
    private ControllerStatus.Shutdown shutdown = ControllerStatus.Shutdown.NONE; // guarded by this
    private volatile int granted;
    private volatile long keepAliveMillis;

    /**
     * A controller that isn't enabled yet.
     *
     * @param granted I/O queues that there may be, until the host asks for a number
     * @param keepAliveMillis 0 for none
     * @param services makes its service, which tells this controller of events
     */
    Controller(
            int id,
            String subsystem,
            Host host,
            Connection admin,
            int granted,
            int eventLimit,
            long keepAliveMillis,
            Function<Runnable, Service> services) {
        this.id = id;
        this.subsystem = subsystem;
        this.host = host;
        this.admin = admin;
        this.granted = granted;
        this.keepAliveMillis = keepAliveMillis;
        this.events = new Events(this, eventLimit);
        this.service = services.apply(events::ring);
    }

    /** How the host of one more queue has to prove who it is; nothing if it needn't. */
    Optional<Authentication> authentication() {
        return service.keys().map(keys -> new Authentication(keys, host.nqn(), subsystem));
    }

    /** CNTLID. */
    int id() {
        return id;
    }

    /** The NQN of its subsystem. */
    String subsystem() {
        return subsystem;
    }

    Host host() {
        return host;
    }

    Portal portal() {
        return admin.portal();
    }

    Connection admin() {
        return admin;
    }

    Service service() {
        return service;
    }

    Events events() {
        return events;
    }

    /** Where the admin queue answers; nothing before it is one. */
    Optional<Replies> adminReplies() {
        return admin.replies();
    }

    Configuration configuration() {
        return configuration;
    }

    synchronized ControllerStatus status() {
        return ControllerStatus.of(isReady(), shutdown);
    }

    /** Whether it takes other commands than those of Fabrics. */
    boolean isReady() {
        return configuration.isEnabled();
    }

    /**
     * Carries out what the host writes to CC. Base 2.0, sections 3.5 and 3.6.
     *
     * @return success, or why not
     */
    Status configure(Configuration wanted) {
        if (wanted.isEnabled() && (wanted.commandSet() != 0 || wanted.pageSize() != 0)) {
            return Status.INVALID_FIELD;
        }
        if (!wanted.isEnabled() && isReady()) {
            reset();
        }
        configuration = wanted;
        shutDown(wanted.shutsDown());
        return Status.SUCCESS;
    }

    /**
     * What is under way goes on to its end, and what was written gets durable; until then the host may look. Base 2.0,
     * section 3.6.
     */
    private synchronized void shutDown(boolean wanted) {
        if (!wanted) {
            shutdown = ControllerStatus.Shutdown.NONE;
        } else if (shutdown == ControllerStatus.Shutdown.NONE) {
            shutdown = ControllerStatus.Shutdown.OCCURRING;
            Service leaving = service;
            Thread.ofVirtual().start(() -> {
                ioConnections().stream()
                        .flatMap(one -> one.commands().stream())
                        .forEach(commands -> commands.execution().awaitEndOfWork());
                leaving.flush();
                shutDownFrom(leaving);
            });
        }
    }

    /** Unless it was reset meanwhile. */
    private synchronized void shutDownFrom(Service left) {
        if (service == left && shutdown == ControllerStatus.Shutdown.OCCURRING) {
            shutdown = ControllerStatus.Shutdown.COMPLETE;
        }
    }

    /**
     * Only the admin queue and its association stay. Hosts take the end of a reset as a proof that nothing of the I/O
     * queues will be carried out any more. Base 2.0, section 3.7.2.
     */
    private void reset() {
        List<Connection> ending = ioConnections();
        ending.forEach(Connection::close);
        ending.forEach(Connection::awaitEnd);
        events.clear();
        service = service.renewed();
    }

    /** KATO; 0 for none. */
    long keepAliveMillis() {
        return keepAliveMillis;
    }

    void keepAlive(long millis) {
        keepAliveMillis = millis;
    }

    /** I/O queues that there may be. */
    int granted() {
        return granted;
    }

    synchronized boolean hasIoQueues() {
        return !ioQueues.isEmpty();
    }

    void grant(int queues) {
        granted = queues;
    }

    /** Makes a connection the I/O queue with this number; false if there is one. */
    synchronized boolean join(int queue, Connection connection) {
        return ioQueues.putIfAbsent(queue, connection) == null;
    }

    synchronized void leave(int queue, Connection connection) {
        ioQueues.remove(queue, connection);
    }

    synchronized Optional<Connection> queue(int number) {
        return number == 0 ? Optional.of(admin) : Optional.ofNullable(ioQueues.get(number));
    }

    synchronized List<Connection> ioConnections() {
        return List.copyOf(ioQueues.values());
    }

    /** Grows with whatever the host sends; any command keeps it alive (TBKAS). */
    long signsOfLife() {
        return admin.reads()
                + ioConnections().stream().mapToLong(Connection::reads).sum();
    }

    /** How long it may be silent. */
    Duration patience(Duration withoutKeepAlive) {
        // Between one and two times KATO, as a controller that counts traffic looks at whole intervals.
        return keepAliveMillis == 0 ? withoutKeepAlive : Duration.ofMillis(keepAliveMillis * 3 / 2);
    }

    /** Ends all its connections. */
    void close(String why) {
        ioConnections().forEach(one -> one.end(why));
        admin.end(why);
    }
}
