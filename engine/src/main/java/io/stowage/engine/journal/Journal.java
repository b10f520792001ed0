package io.stowage.engine.journal;

import io.stowage.database.Database;
import io.stowage.database.MemberRow;
import io.stowage.database.OperationRow;
import io.stowage.database.Transaction;
import io.stowage.engine.Operation;
import io.stowage.engine.OperationState;
import io.stowage.engine.Refused;
import io.stowage.engine.Requestor;
import io.stowage.engine.Started;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes work down, does it on threads of its own, and brings to an end what a crash or an array out of reach left
 * unsettled. Intent comes first: rows and journal entry are committed together before anything else hears of the work.
 */
public final class Journal implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Journal.class.getName());
    /** How long an ended operation can still be seen. */
    private static final Duration VISIBLE = Duration.ofSeconds(60);

    private final Database database;
    private final MemberRow me;
    private final Clock clock;
    private final Leases leases;
    private final Feed feed = new Feed();
    private final Map<UUID, Runner<?>> running = new ConcurrentHashMap<>();
    /** Operations that this process works on, from before they are written down until nothing more is done about them. */
    private final Set<UUID> held = ConcurrentHashMap.newKeySet();

    /** Held from the transaction that accepts work until that has its place in the queues. */
    private final ReentrantLock intending = new ReentrantLock(true);

    private final CountDownLatch opened = new CountDownLatch(1);
    private volatile boolean closing;

    public Journal(Database database, MemberRow me, Clock clock) {
        this.database = database;
        this.me = me;
        this.clock = clock;
        this.leases = new Leases(database, me, clock);
    }

    public Feed feed() {
        return feed;
    }

    public Leases leases() {
        return leases;
    }

    /** Lets new work begin; before, it is only written down. To be called when the host is as the database says. */
    public void open() {
        opened.countDown();
    }

    /**
     * Writes work down and begins it.
     *
     * @param intend checks the request against the database, writes its rows, and tells the work; what it throws leaves
     *     nothing behind. It may run more than once.
     */
    public <T extends @Nullable Object> Started<T> start(Function<Transaction, Work<T>> intend) {
        if (closing) {
            throw new Refused(Refused.Kind.UNAVAILABLE, "The server is shutting down");
        }
        UUID id = UUID.randomUUID();
        held.add(id);
        intending.lock();
        try {
            Intended<T> intended = database.write(tx -> {
                Work<T> work = intend.apply(tx);
                OperationRow row = row(id, work);
                tx.operations().insert(row);
                tx.operationInput().replace(id, work.entry().input());
                if (!work.announcement().isEmpty()) {
                    tx.operationMetadata().replace(id, work.announcement());
                }
                return new Intended<>(work, row);
            });
            return begin(intended.work(), intended.row(), false);
        } catch (RuntimeException e) {
            held.remove(id);
            throw Failures.of(e);
        } finally {
            intending.unlock();
        }
    }

    private record Intended<T extends @Nullable Object>(Work<T> work, OperationRow row) {}

    private OperationRow row(UUID id, Work<?> work) {
        Instant now = clock.instant();
        Entry entry = work.entry();
        Optional<Requestor> requestor = Requestor.current();
        return new OperationRow(
                id,
                entry.kind().name(),
                me.id(),
                me.epoch(),
                now.plus(Leases.TERM),
                OperationState.RUNNING.name(),
                0,
                Entry.VERSION,
                entry.pool(),
                entry.volume() == null ? null : entry.volume().project(),
                entry.volume() == null ? null : entry.volume().name(),
                entry.snapshot() == null ? null : entry.snapshot().name(),
                "",
                work.mayCancel(),
                null,
                "",
                now,
                now,
                requestor.map(Requestor::username).orElse(null),
                requestor.map(Requestor::protocol).orElse(null),
                requestor.map(Requestor::address).orElse(null));
    }

    private <T extends @Nullable Object> Runner<T> begin(Work<T> work, OperationRow row, boolean again) {
        Runner<T> runner = new Runner<>(this, work, row, again);
        running.put(row.id(), runner);
        tell(row.id());
        Thread.ofVirtual().name("operation " + row.id()).start(runner);
        return runner;
    }

    /** Takes up everything of this member that is unsettled and that nobody here works on, and waits for it. */
    public void resume(Function<Entry, Work<?>> reader) {
        List<Runner<?>> resumed = database.read(tx -> tx.operations().unsettled(me.id())).stream()
                .filter(row -> held.add(row.id()))
                .flatMap(row -> claim(row, reader).stream())
                .toList();
        resumed.forEach(Runner::join);
    }

    private Optional<Runner<?>> claim(OperationRow row, Function<Entry, Work<?>> reader) {
        Instant lease = clock.instant().plus(Leases.TERM);
        boolean mine = database.write(tx -> tx.operations().claim(row.id(), me.id(), me.epoch(), lease));
        if (!mine) {
            held.remove(row.id());
            return Optional.empty();
        }
        try {
            Map<String, String> input = database.read(tx -> tx.operationInput().get(row.id()));
            return Optional.of(begin(reader.apply(Views.entry(row, input)), row, true));
        } catch (RuntimeException e) {
            held.remove(row.id());
            LOG.log(Level.ERROR, "Operation " + row.id() + " can't be taken up", e);
            return Optional.empty();
        }
    }

    /** Forgets what ended long enough ago. */
    public void prune() {
        Instant before = clock.instant().minus(VISIBLE);
        database.write(tx -> tx.operations().prune(before));
    }

    public List<Operation> list() {
        return database.read(tx -> {
            Map<UUID, Map<String, String>> metadata = tx.operationMetadata().all();
            return tx.operations().list().stream()
                    .map(row -> view(tx, row, metadata.getOrDefault(row.id(), Map.of())))
                    .toList();
        });
    }

    public Operation get(UUID id) {
        return find(id).orElseThrow(() -> Refused.notFound("Operation not found"));
    }

    private Optional<Operation> find(UUID id) {
        return database.read(tx -> tx.operations()
                .find(id)
                .map(row -> view(tx, row, tx.operationMetadata().get(id))));
    }

    private static Operation view(Transaction tx, OperationRow row, Map<String, String> metadata) {
        String member = tx.members().find(row.member()).orElseThrow().name();
        return Views.operation(row, metadata, member);
    }

    public Operation await(UUID id, Duration limit) {
        Runner<?> runner = running.get(id);
        if (runner != null && !limit.isZero() && !limit.isNegative()) {
            runner.join(limit);
        }
        return get(id);
    }

    public void cancel(UUID id) {
        Operation operation = get(id);
        Runner<?> runner = running.get(id);
        if (operation.state() != OperationState.RUNNING || runner == null) {
            throw Refused.badInput("Only running operations can be cancelled");
        }
        if (!operation.mayCancel()) {
            throw Refused.badInput("This operation cannot be cancelled");
        }
        runner.cancel();
    }

    void tell(UUID id) {
        find(id).ifPresent(feed::tell);
    }

    void ended(UUID id) {
        running.remove(id);
        held.remove(id);
    }

    boolean isOpen() {
        return opened.getCount() == 0;
    }

    void awaitOpen() {
        try {
            opened.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Halt("interrupted");
        }
        haltIfClosing();
    }

    void haltIfClosing() {
        if (closing) {
            throw new Halt("the server is shutting down");
        }
    }

    Database database() {
        return database;
    }

    Clock clock() {
        return clock;
    }

    long epoch() {
        return me.epoch();
    }

    /** Lets every operation finish the step it is at and leaves the rest to the next start. */
    @Override
    public void close() {
        closing = true;
        opened.countDown();
        for (Runner<?> runner : List.copyOf(running.values())) {
            runner.join(Duration.ofSeconds(30));
        }
    }
}
