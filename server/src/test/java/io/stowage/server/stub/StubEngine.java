package io.stowage.server.stub;

import io.stowage.database.Database;
import io.stowage.database.Transaction;
import io.stowage.engine.Attachment;
import io.stowage.engine.Backup;
import io.stowage.engine.Pool;
import io.stowage.engine.PoolTraffic;
import io.stowage.engine.Refused;
import io.stowage.engine.Snapshot;
import io.stowage.engine.SnapshotName;
import io.stowage.engine.Volume;
import io.stowage.engine.VolumeName;
import io.stowage.server.api.Api;
import io.stowage.server.api.Registry;
import io.stowage.server.api.ServerInfo;
import io.stowage.server.remote.Doors;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** What the stubs share. */
public final class StubEngine {
    final Map<String, Pool> pools = new ConcurrentHashMap<>();
    final Map<VolumeName, Volume> volumes = new ConcurrentHashMap<>();
    final Map<SnapshotName, Snapshot> snapshots = new LinkedHashMap<>();
    /** With what is in their files. */
    final Map<Backup, String> backups = new LinkedHashMap<>();

    final Map<UUID, Attachment> attachments = new ConcurrentHashMap<>();
    final StubOperations operations = new StubOperations();

    /** What {@link io.stowage.engine.Pools#traffic} tells. */
    public final Map<String, PoolTraffic> traffic = new TreeMap<>();

    private final Database database;

    StubEngine(Database database) {
        this.database = database;
    }

    /** As the engine lets others refuse something within the transaction that accepts it. */
    void check(Consumer<Transaction> check) {
        database.write(tx -> {
            check.accept(tx);
            return tx;
        });
    }

    public StubOperations operations() {
        return operations;
    }

    /** @param registry over a real database */
    public Api api(Registry registry, Doors doors) {
        return new Api(
                ServerInfo.of("host01"),
                new StubPools(this),
                new StubVolumes(this),
                new StubSnapshots(this),
                new StubBackups(this),
                new StubMigrations(),
                new StubAttachments(this),
                operations,
                registry,
                doors);
    }

    Pool pool(String name) {
        var pool = pools.get(name);
        if (pool == null) {
            throw Refused.notFound("Storage pool not found");
        }
        return pool;
    }

    Volume volume(VolumeName name) {
        pool(name.pool());
        var volume = volumes.get(name);
        if (volume == null) {
            throw Refused.notFound("Storage volume not found");
        }
        return volume;
    }

    Snapshot snapshot(SnapshotName name) {
        volume(name.volume());
        var snapshot = snapshots.get(name);
        if (snapshot == null) {
            throw Refused.notFound("Storage volume not found");
        }
        return snapshot;
    }

    /** {@code ""} counts as absent. */
    static Map<String, String> present(Map<String, String> config) {
        var present = new TreeMap<>(config);
        present.values().removeIf(String::isEmpty);
        return present;
    }
}
