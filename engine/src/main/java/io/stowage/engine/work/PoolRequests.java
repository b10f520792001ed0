package io.stowage.engine.work;

import io.stowage.database.PoolRow;
import io.stowage.database.RowState;
import io.stowage.database.Transaction;
import io.stowage.driver.ArrayDriver;
import io.stowage.driver.PoolSpace;
import io.stowage.engine.Described;
import io.stowage.engine.Pool;
import io.stowage.engine.PoolResources;
import io.stowage.engine.PoolStatus;
import io.stowage.engine.PoolTraffic;
import io.stowage.engine.Pools;
import io.stowage.engine.Refused;
import io.stowage.engine.Started;
import io.stowage.engine.journal.Failures;
import io.stowage.engine.journal.Journal;
import io.stowage.engine.pool.OpenPool;
import io.stowage.model.ByteSize;
import io.stowage.model.ConfigKey;
import io.stowage.model.InvalidValue;
import io.stowage.model.Names;
import io.stowage.model.Protocol;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What can be asked of pools. */
public final class PoolRequests implements Pools {
    private final Site site;
    private final Journal journal;

    public PoolRequests(Site site, Journal journal) {
        this.site = site;
        this.journal = journal;
    }

    @Override
    public List<Pool> list() {
        return site.database()
                .read(tx -> tx.pools().list().stream()
                        .map(row -> show(site, tx, row))
                        .toList());
    }

    @Override
    public Pool get(String name) {
        return site.database().read(tx -> show(site, tx, Catalog.pool(tx, name)));
    }

    static Pool show(Site site, Transaction tx, PoolRow row) {
        return new Pool(
                row.id(),
                row.name(),
                row.driver(),
                row.description(),
                switch (row.state()) {
                    case CREATING -> PoolStatus.PENDING;
                    case READY, BUSY -> PoolStatus.CREATED;
                    case DELETING -> PoolStatus.DELETING;
                },
                site.poolConfigs().get(tx, row.id()),
                row.createdAt());
    }

    @Override
    public Map<String, String> drivers() {
        Map<String, String> versions = new TreeMap<>();
        site.pools().drivers().forEach((kind, driver) -> versions.put(kind, driver.version()));
        return versions;
    }

    @Override
    public List<ConfigKey> keys(String driver) {
        return site.pools().driver(driver).poolKeys().keys();
    }

    @Override
    public Started<Pool> create(String name, String driver, String description, Map<String, String> config) {
        Map<String, String> given = withoutEmpty(config);
        checkName(name);
        site.database().read(tx -> {
            refuseTaken(tx, name);
            return null;
        });
        ArrayDriver kind = site.pools().driver(driver);
        validate(() -> kind.validate(name, given));
        Optional<Protocol> protocol = kind.protocol(given);
        protocol.ifPresent(site.links()::require);
        PoolRow row = new PoolRow(
                UUID.randomUUID(),
                name,
                driver,
                description,
                RowState.CREATING,
                site.clock().instant());
        return journal.start(tx -> {
            refuseTaken(tx, name);
            refuseSamePlace(tx, kind, row, given);
            tx.pools().insert(row);
            site.poolConfigs().put(tx, row.id(), kind.poolKeys(), given);
            Recovery.touch(tx, row);
            return PoolCreate.of(site, row);
        });
    }

    private static void checkName(String name) {
        validate(() -> Names.checkPool(name));
    }

    private static void validate(Runnable check) {
        try {
            check.run();
        } catch (InvalidValue e) {
            throw Failures.of(e);
        }
    }

    private static void refuseTaken(Transaction tx, String name) {
        if (tx.pools().find(name).isPresent()) {
            throw Refused.conflict("Storage pool \"" + name + "\" already exists");
        }
    }

    private void refuseSamePlace(Transaction tx, ArrayDriver kind, PoolRow pool, Map<String, String> config) {
        String place = kind.source(pool.name(), config);
        for (PoolRow other : tx.pools().list()) {
            if (!other.id().equals(pool.id())
                    && other.driver().equals(kind.kind())
                    && kind.source(other.name(), site.poolConfigs().get(tx, other.id()))
                            .equals(place)) {
                throw Refused.conflict("Storage pool \"" + other.name() + "\" has the same place on the same array");
            }
        }
    }

    @Override
    public Started<Pool> update(String name, Function<Pool, Described> change) {
        return journal.start(tx -> {
            PoolRow row = Catalog.readyPool(tx, name);
            Described wanted = change.apply(show(site, tx, row));
            Map<String, String> given = withoutEmpty(wanted.config());
            ArrayDriver kind = site.pools().driver(row.driver());
            Map<String, String> old = site.poolConfigs().get(tx, row.id());
            check(kind, name, old, given);
            refuseSamePlace(tx, kind, row, given);
            return PoolUpdate.of(site, row, wanted.description(), ConfigChange.between(old, given));
        });
    }

    /** @throws RuntimeException the config of a pool can't become this one */
    static void check(ArrayDriver kind, String name, Map<String, String> old, Map<String, String> given) {
        kind.validateChange(name, old, given);
        refuseSmaller(OpenPool.quota(old), OpenPool.quota(given));
    }

    private static void refuseSmaller(Optional<ByteSize> old, Optional<ByteSize> wanted) {
        if (old.isPresent() && wanted.isPresent() && wanted.get().compareTo(old.get()) < 0) {
            throw Refused.badInput("Pool cannot be shrunk from " + old.get() + " to " + wanted.get());
        }
    }

    @Override
    public Started<@Nullable Void> delete(String name, Consumer<Transaction> check) {
        PoolRow row = site.database().read(tx -> Catalog.readyPool(tx, name));
        // An array out of reach is told before anything begins, as there is no way back then.
        reach(site, row.id());
        return journal.start(tx -> {
            check.accept(tx);
            return PoolDelete.intend(site, tx, name);
        });
    }

    /** @throws Refused when the array of a pool is out of reach */
    static void reach(Site site, UUID pool) {
        try {
            site.pools().get(pool).array().reach();
        } catch (RuntimeException e) {
            throw Failures.of(e);
        }
    }

    @Override
    public PoolResources resources(String name) {
        PoolRow row = site.database().read(tx -> Catalog.readyPool(tx, name));
        try {
            PoolSpace space = site.pools().get(row.id()).array().space();
            return new PoolResources(space.used().bytes(), space.total().bytes());
        } catch (RuntimeException e) {
            throw Failures.of(e);
        }
    }

    @Override
    public Map<String, PoolTraffic> traffic() {
        Map<String, PoolTraffic> all = new TreeMap<>();
        site.pools()
                .traffic()
                .forEach((pool, seen) -> all.put(
                        pool,
                        new PoolTraffic(seen.requests(), seen.failures(), seen.sentBytes(), seen.receivedBytes())));
        return all;
    }

    static Map<String, String> withoutEmpty(Map<String, String> config) {
        Map<String, String> given = new TreeMap<>(config);
        given.values().removeIf(String::isEmpty);
        return given;
    }
}
