package io.stowage.engine;

import io.stowage.database.Transaction;
import io.stowage.model.ConfigKey;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The pools. Requests are checked when they are made: {@link Refused} comes from the call itself and nothing has
 * happened; what goes wrong later comes from {@link Started#await()}, and was undone.
 */
public interface Pools {
    /** Every pool, by name. */
    List<Pool> list();

    /** @throws Refused NOT_FOUND */
    Pool get(String name);

    /** The keys and rules of the drivers the server offers, as {@code name -> version}. */
    Map<String, String> drivers();

    /** The keys that pools of a driver may have. @throws Refused BAD_INPUT there is no such driver */
    List<ConfigKey> keys(String driver);

    /**
     * Makes a pool and its container on the array.
     *
     * @param config {@code ""} counts as absent
     * @throws Refused BAD_INPUT, CONFLICT
     */
    Started<Pool> create(String name, String driver, String description, Map<String, String> config);

    /**
     * Gives a pool another description and config.
     *
     * @param change as for {@link Volumes#update}
     */
    Started<Pool> update(String name, Function<Pool, Described> change);

    /** Replaces description and config. */
    default Started<Pool> update(String name, String description, Map<String, String> config) {
        return update(name, _ -> new Described(description, config));
    }

    /** @throws Refused IN_USE while it has volumes */
    default Started<@Nullable Void> delete(String name) {
        return delete(name, _ -> {});
    }

    /** @param check may refuse it by throwing, within the transaction that accepts it */
    Started<@Nullable Void> delete(String name, Consumer<Transaction> check);

    /** Asks the array. @throws Refused UNAVAILABLE */
    PoolResources resources(String name);

    /** What was asked of the arrays of pools since these were opened, by the pools' names; no array is asked for it. */
    Map<String, PoolTraffic> traffic();
}
