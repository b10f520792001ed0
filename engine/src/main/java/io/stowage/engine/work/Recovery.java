package io.stowage.engine.work;

import io.stowage.database.Database;
import io.stowage.database.PoolRow;
import io.stowage.database.RecoveryRow;
import io.stowage.database.SnapshotRow;
import io.stowage.database.Transaction;
import io.stowage.database.VolumeRow;
import io.stowage.driver.ArrayException;
import io.stowage.driver.ArrayUnreachable;
import io.stowage.driver.ObjectMissing;
import io.stowage.driver.RecoveryRecord;
import io.stowage.driver.VolumeRef;
import io.stowage.engine.pool.OpenPool;
import io.stowage.engine.pool.OpenPools;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps on the arrays what only the database knows, for the day it is lost. What is behind is noted in the same transaction
 * as the change, written at once when the array can be reached, and else later; it never makes the change itself fail.
 */
public final class Recovery {
    private static final System.Logger LOG = System.getLogger(Recovery.class.getName());
    private static final String POOL = "pool";
    private static final String VOLUME = "volume";
    private static final String SNAPSHOT = "snapshot";

    private final Database database;
    private final OpenPools pools;

    public Recovery(Database database, OpenPools pools) {
        this.database = database;
        this.pools = pools;
    }

    public static void touch(Transaction tx, PoolRow pool) {
        tx.recovery().touch(pool.id(), POOL);
    }

    public static void touch(Transaction tx, VolumeRow volume) {
        tx.recovery().touch(volume.id(), VOLUME);
    }

    public static void touch(Transaction tx, SnapshotRow snapshot) {
        tx.recovery().touch(snapshot.id(), SNAPSHOT);
    }

    /** Writes what is behind about one owner, if anything. */
    public void write(UUID owner) {
        writeDue(Optional.of(owner));
    }

    /** Writes whatever is behind. */
    public void writeAll() {
        writeDue(Optional.empty());
    }

    private void writeDue(Optional<UUID> only) {
        for (RecoveryRow due : database.read(tx -> tx.recovery().due())) {
            if (only.isEmpty() || only.get().equals(due.owner())) {
                write(due);
            }
        }
    }

    /** One thing to be written: where, and what. */
    private record Letter(UUID pool, Consumer<OpenPool> write) {}

    private void write(RecoveryRow due) {
        @Nullable Letter letter = database.read(tx -> letter(tx, due));
        try {
            if (letter != null) {
                letter.write().accept(pools.get(letter.pool()));
            }
            database.write(tx -> {
                tx.recovery().written(due.owner(), due.revision());
                return null;
            });
        } catch (ObjectMissing e) {
            // Not made yet, or gone meanwhile: whoever makes it writes again.
            LOG.log(Level.DEBUG, "No recovery record for {0}: {1}", due.owner(), e.getMessage());
        } catch (ArrayUnreachable e) {
            LOG.log(Level.DEBUG, "The recovery record of {0} is written later: {1}", due.owner(), e.getMessage());
        } catch (ArrayException e) {
            LOG.log(Level.WARNING, "The recovery record of " + due.owner() + " can't be written: " + e.getMessage());
        }
    }

    private @Nullable Letter letter(Transaction tx, RecoveryRow due) {
        return switch (due.kind()) {
            case POOL -> tx.pools().find(due.owner()).map(row -> pool(tx, row)).orElse(null);
            case VOLUME ->
                tx.volumes().find(due.owner()).map(row -> volume(tx, row)).orElse(null);
            default ->
                tx.snapshots().find(due.owner()).map(row -> snapshot(tx, row)).orElse(null);
        };
    }

    private static Letter pool(Transaction tx, PoolRow row) {
        // The open part of the config only: secrets never go to the array.
        RecoveryRecord recovery = new RecoveryRecord(
                POOL,
                "",
                row.name(),
                row.description(),
                "",
                "",
                row.createdAt(),
                Optional.empty(),
                tx.poolConfig().get(row.id()));
        return new Letter(row.id(), pool -> pool.array().writePoolRecord(recovery));
    }

    private static Letter volume(Transaction tx, VolumeRow row) {
        RecoveryRecord recovery = new RecoveryRecord(
                VOLUME,
                row.project(),
                row.name(),
                row.description(),
                row.type(),
                row.content(),
                row.createdAt(),
                Optional.empty(),
                config(tx.volumeConfig().get(row.id()), row.id()));
        VolumeRef object = new VolumeRef(Catalog.onArray(row));
        return new Letter(row.pool(), pool -> pool.array().writeRecord(object, recovery));
    }

    private static Letter snapshot(Transaction tx, SnapshotRow row) {
        VolumeRow volume = Catalog.volume(tx, row.volume());
        RecoveryRecord recovery = new RecoveryRecord(
                SNAPSHOT,
                volume.project(),
                row.name(),
                row.description(),
                volume.type(),
                volume.content(),
                row.createdAt(),
                Optional.ofNullable(row.expiresAt()),
                config(tx.snapshotConfig().get(row.id()), row.id()));
        return new Letter(volume.pool(), pool -> pool.array().writeRecord(Catalog.ref(volume, row.id()), recovery));
    }

    private static Map<String, String> config(Map<String, String> config, UUID id) {
        Map<String, String> all = new HashMap<>(config);
        all.put(io.stowage.model.VolumeKeys.UUID_KEY, id.toString());
        return all;
    }
}
