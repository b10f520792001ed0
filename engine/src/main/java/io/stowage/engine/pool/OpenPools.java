package io.stowage.engine.pool;

import io.stowage.database.Database;
import io.stowage.database.PoolRow;
import io.stowage.driver.ArrayDriver;
import io.stowage.driver.ArrayTraffic;
import io.stowage.driver.ArrayUnreachable;
import io.stowage.driver.PoolSettings;
import io.stowage.driver.StorageArray;
import io.stowage.engine.Refused;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The arrays behind the pools: one session each, kept as long as the config is the same. */
public final class OpenPools implements AutoCloseable {
    private final Database database;
    private final PoolConfigs configs;
    private final Map<String, ArrayDriver> drivers;
    private final Path secrets;
    private final BiConsumer<PoolRow, ArrayUnreachable> lost;
    private final Map<UUID, OpenPool> open = new HashMap<>();

    /**
     * @param secrets the folder that {@code file:PATH} values of configs are read from
     * @param lost hears of every call to a pool's array that found it out of reach
     */
    public OpenPools(
            Database database,
            PoolConfigs configs,
            List<ArrayDriver> drivers,
            Path secrets,
            BiConsumer<PoolRow, ArrayUnreachable> lost) {
        this.database = database;
        this.configs = configs;
        this.drivers = drivers.stream().collect(Collectors.toMap(ArrayDriver::kind, Function.identity()));
        this.secrets = secrets;
        this.lost = lost;
    }

    public Map<String, ArrayDriver> drivers() {
        return Map.copyOf(drivers);
    }

    /** @throws Refused BAD_INPUT */
    public ArrayDriver driver(String kind) {
        @Nullable ArrayDriver driver = drivers.get(kind);
        if (driver == null) {
            throw Refused.badInput("Unknown driver \"" + kind + "\" (not one of "
                    + drivers.keySet().stream().sorted().toList() + ")");
        }
        return driver;
    }

    /** The pool in its present configuration, whatever state it is in. */
    public OpenPool get(UUID id) {
        PoolRow row =
                database.read(tx -> tx.pools().find(id).orElseThrow(() -> Refused.notFound("Storage pool not found")));
        Map<String, String> config = database.read(tx -> configs.get(tx, id));
        synchronized (open) {
            @Nullable OpenPool known = open.get(id);
            if (known != null && known.config().equals(config)) {
                return known;
            }
            OpenPool fresh = open(row, config, array -> WatchedArray.over(array, why -> lost.accept(row, why)));
            open.put(id, fresh);
            if (known != null) {
                known.array().close();
            }
            return fresh;
        }
    }

    /** What was asked of the arrays of the pools that are open, by the names of the pools. */
    public Map<String, ArrayTraffic> traffic() {
        synchronized (open) {
            return open.values().stream()
                    .collect(Collectors.toMap(
                            pool -> pool.row().name(), pool -> pool.array().traffic(), (one, _) -> one));
        }
    }

    /** A pool that is not kept: the caller closes its array. */
    public OpenPool trial(PoolRow row, Map<String, String> config) {
        return open(row, config, UnaryOperator.identity());
    }

    private OpenPool open(PoolRow row, Map<String, String> config, UnaryOperator<StorageArray> around) {
        ArrayDriver driver = driver(row.driver());
        StorageArray array = driver.open(new PoolSettings(row.name(), Map.copyOf(config), secrets));
        return new OpenPool(row, driver, config, around.apply(array));
    }

    /** Ends the session of a pool that is no more. */
    public void forget(UUID id) {
        synchronized (open) {
            @Nullable OpenPool known = open.remove(id);
            if (known != null) {
                known.array().close();
            }
        }
    }

    @Override
    public void close() {
        synchronized (open) {
            open.values().forEach(pool -> pool.array().close());
            open.clear();
        }
    }
}
