package io.stowage.engine.work;

import io.stowage.database.Database;
import io.stowage.database.PoolRow;
import io.stowage.database.RecoveryRow;
import io.stowage.database.SnapshotRow;
import io.stowage.database.Transaction;
import io.stowage.database.VolumeRow;
import io.stowage.driver.ArrayException;
import io.stowage.driver.ArrayObject;
import io.stowage.driver.ArrayUnreachable;
import io.stowage.driver.ObjectMissing;
import io.stowage.driver.RecoveryRecord;
import io.stowage.driver.StorageArray;
import io.stowage.driver.VolumeRef;
import io.stowage.engine.pool.OpenPools;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

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
    private final Set<UUID> beingMade = ConcurrentHashMap.newKeySet();
    private final Set<UUID> beingWritten = new HashSet<>();

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

    /**
     * Makes a pool, a volume or a snapshot on its array, which may take the record along; else it is written after that.
     *
     * @param making is handed the record, and says whether the array has it now
     */
    public void make(UUID owner, Predicate<RecoveryRecord> making) {
        beingMade.add(owner);
        try {
            // Noted before the record is read: what comes between is written again.
            Optional<RecoveryRow> due = database.read(tx -> due(tx, owner));
            boolean written = making.test(
                    database.read(tx -> letter(tx, owner)).orElseThrow().recovery());
            if (written) {
                due.ifPresent(this::noteWritten);
            } else {
                write(owner);
            }
        } finally {
            beingMade.remove(owner);
        }
    }

    /** Writes what is behind about one owner, if anything. */
    public void write(UUID owner) {
        await(owner);
        try {
            database.read(tx -> due(tx, owner)).ifPresent(this::write);
        } finally {
            synchronized (beingWritten) {
                beingWritten.remove(owner);
                beingWritten.notifyAll();
            }
        }
    }

    /** So that nothing is written twice: the one who comes second finds that it is done. */
    private void await(UUID owner) {
        boolean interrupted = false;
        synchronized (beingWritten) {
            while (!beingWritten.add(owner)) {
                try {
                    beingWritten.wait();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Writes whatever is behind. */
    public void writeAll() {
        for (RecoveryRow row : database.read(tx -> tx.recovery().due())) {
            // What is being made gets its record from whoever makes it, however long that takes.
            if (!beingMade.contains(row.owner())) {
                write(row.owner());
            }
        }
    }

    private static Optional<RecoveryRow> due(Transaction tx, UUID owner) {
        return tx.recovery().due().stream()
                .filter(row -> row.owner().equals(owner))
                .findFirst();
    }

    private void noteWritten(RecoveryRow row) {
        database.write(tx -> {
            tx.recovery().written(row.owner(), row.revision());
            return null;
        });
    }

    private void write(RecoveryRow due) {
        try {
            database.read(tx -> letter(tx, due.owner())).ifPresent(letter -> letter.post(pools));
            noteWritten(due);
        } catch (ObjectMissing e) {
            // Not made yet, or gone meanwhile: whoever makes it writes again.
            LOG.log(Level.DEBUG, "No recovery record for {0}: {1}", due.owner(), e.getMessage());
        } catch (ArrayUnreachable e) {
            LOG.log(Level.DEBUG, "The recovery record of {0} is written later: {1}", due.owner(), e.getMessage());
        } catch (ArrayException e) {
            LOG.log(Level.WARNING, "The recovery record of " + due.owner() + " can't be written: " + e.getMessage());
        }
    }

    /** One thing to be written: where, and what. */
    private record Letter(UUID pool, Optional<ArrayObject> object, RecoveryRecord recovery) {
        void post(OpenPools pools) {
            StorageArray array = pools.get(pool).array();
            object.ifPresentOrElse(at -> array.writeRecord(at, recovery), () -> array.writePoolRecord(recovery));
        }
    }

    private static Optional<Letter> letter(Transaction tx, UUID owner) {
        return tx.volumes()
                .find(owner)
                .map(row -> volume(tx, row))
                .or(() -> tx.snapshots().find(owner).map(row -> snapshot(tx, row)))
                .or(() -> tx.pools().find(owner).map(row -> pool(tx, row)));
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
        return new Letter(row.id(), Optional.empty(), recovery);
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
        return new Letter(row.pool(), Optional.of(new VolumeRef(Catalog.onArray(row))), recovery);
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
        return new Letter(volume.pool(), Optional.of(Catalog.ref(volume, row.id())), recovery);
    }

    private static Map<String, String> config(Map<String, String> config, UUID id) {
        Map<String, String> all = new HashMap<>(config);
        all.put(io.stowage.model.VolumeKeys.UUID_KEY, id.toString());
        return all;
    }
}
