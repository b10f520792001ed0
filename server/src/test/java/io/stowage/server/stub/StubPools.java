package io.stowage.server.stub;

import io.stowage.database.Transaction;
import io.stowage.engine.Described;
import io.stowage.engine.OperationKind;
import io.stowage.engine.Pool;
import io.stowage.engine.PoolResources;
import io.stowage.engine.PoolStatus;
import io.stowage.engine.PoolTraffic;
import io.stowage.engine.Pools;
import io.stowage.engine.Refused;
import io.stowage.engine.Started;
import io.stowage.model.ConfigKey;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

record StubPools(StubEngine engine) implements Pools {
    @Override
    public List<Pool> list() {
        return engine.pools.values().stream()
                .sorted(Comparator.comparing(Pool::name))
                .toList();
    }

    @Override
    public Pool get(String name) {
        return engine.pool(name);
    }

    @Override
    public Map<String, String> drivers() {
        return Map.of("pure", "1");
    }

    @Override
    public List<ConfigKey> keys(String driver) {
        return List.of(ConfigKey.text("pure.gateway", "Where the array is").asRequired());
    }

    @Override
    public Started<Pool> create(String name, String driver, String description, Map<String, String> config) {
        if (engine.pools.containsKey(name)) {
            throw Refused.conflict("Storage pool \"" + name + "\" already exists");
        }
        if (!driver.equals("pure")) {
            throw Refused.badInput("Unknown driver \"" + driver + "\"");
        }
        var pool = new Pool(
                UUID.randomUUID(),
                name,
                driver,
                description,
                PoolStatus.CREATED,
                StubEngine.present(config),
                Instant.now());
        return engine.operations.run(StubOperations.planned(OperationKind.POOL_CREATE, name), () -> {
            engine.pools.put(name, pool);
            return pool;
        });
    }

    @Override
    public Started<Pool> update(String name, Function<Pool, Described> change) {
        var old = engine.pool(name);
        var wanted = change.apply(old);
        return engine.operations.run(StubOperations.planned(OperationKind.POOL_UPDATE, name), () -> {
            var pool = new Pool(
                    old.uuid(),
                    name,
                    old.driver(),
                    wanted.description(),
                    old.status(),
                    StubEngine.present(wanted.config()),
                    old.createdAt());
            engine.pools.put(name, pool);
            return pool;
        });
    }

    @Override
    public Started<@Nullable Void> delete(String name, Consumer<Transaction> check) {
        engine.pool(name);
        engine.check(check);
        if (engine.volumes.keySet().stream().anyMatch(volume -> volume.pool().equals(name))) {
            throw Refused.inUse("The storage pool is currently in use");
        }
        return engine.operations.run(StubOperations.planned(OperationKind.POOL_DELETE, name), () -> {
            engine.pools.remove(name);
            return null;
        });
    }

    @Override
    public PoolResources resources(String name) {
        engine.pool(name);
        return new PoolResources(6062080, 10L << 30);
    }

    @Override
    public Map<String, PoolTraffic> traffic() {
        return engine.traffic;
    }
}
