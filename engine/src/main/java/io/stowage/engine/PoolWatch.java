package io.stowage.engine;

import io.stowage.database.Database;
import io.stowage.database.PoolRow;
import io.stowage.driver.ArrayUnreachable;
import io.stowage.engine.pool.OpenPools;
import java.lang.System.Logger.Level;
import java.util.Optional;

/** Warns of pools whose array is out of reach, and looks after those until it is back. The others cost nothing. */
final class PoolWatch {
    private static final System.Logger LOG = System.getLogger(PoolWatch.class.getName());

    private final Database database;
    private final Warnings warnings;

    PoolWatch(Database database, Warnings warnings) {
        this.database = database;
        this.warnings = warnings;
    }

    /** Somebody called the array of a pool in vain. */
    void lost(PoolRow pool, ArrayUnreachable why) {
        try {
            warnings.raise(Warnings.POOL_UNAVAILABLE, pool.name(), String.valueOf(why.getMessage()));
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "A warning can't be kept: {0}", e.getMessage());
        }
    }

    /** Asks the arrays that are warned of whether they are there again. */
    void look(OpenPools pools) {
        for (String name : warnings.present(Warnings.POOL_UNAVAILABLE)) {
            Optional<PoolRow> pool = database.read(tx -> tx.pools().find(name));
            if (pool.isEmpty() || isInReach(pools, pool.get())) {
                warnings.resolve(Warnings.POOL_UNAVAILABLE, name);
                warnings.prune();
            }
        }
    }

    private static boolean isInReach(OpenPools pools, PoolRow pool) {
        try {
            pools.get(pool.id()).array().reach();
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }
}
