package io.stowage.engine.work;

import io.stowage.database.AttachmentRow;
import io.stowage.database.PoolRow;
import io.stowage.database.RowState;
import io.stowage.database.SnapshotRow;
import io.stowage.database.Transaction;
import io.stowage.database.VolumeRow;
import io.stowage.driver.SnapshotRef;
import io.stowage.engine.Projects;
import io.stowage.engine.Refused;
import io.stowage.engine.Snapshot;
import io.stowage.engine.SnapshotName;
import io.stowage.engine.Volume;
import io.stowage.engine.VolumeName;
import io.stowage.model.ArrayName;
import io.stowage.model.ContentType;
import io.stowage.model.VolumeType;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;

/** What the database knows, found by name and shown as records of the engine. */
public final class Catalog {
    /** The type of all volumes of this engine so far. */
    public static final String CUSTOM = VolumeType.CUSTOM.word();

    private Catalog() {}

    public static PoolRow pool(Transaction tx, String name) {
        return tx.pools().find(name).orElseThrow(() -> Refused.notFound("Storage pool not found"));
    }

    /** A pool that volumes can be made in. */
    public static PoolRow readyPool(Transaction tx, String name) {
        PoolRow row = pool(tx, name);
        if (row.state() != RowState.READY) {
            throw Refused.locked("Storage pool \"" + name + "\" is still being created");
        }
        return row;
    }

    public static VolumeRow volume(Transaction tx, VolumeName name) {
        PoolRow pool = pool(tx, name.pool());
        return tx.volumes()
                .find(pool.id(), name.project(), CUSTOM, name.name())
                .orElseThrow(() -> Refused.notFound("Storage volume not found"));
    }

    /** A volume that can be worked with. */
    public static VolumeRow readyVolume(Transaction tx, VolumeName name) {
        VolumeRow row = volume(tx, name);
        if (row.state() == RowState.BUSY) {
            throw Refused.locked("Storage volume \"" + name.name() + "\" is being refreshed or moved");
        }
        if (row.state() != RowState.READY) {
            throw Refused.locked("Storage volume \"" + name.name() + "\" is still being created");
        }
        return row;
    }

    public static SnapshotRow snapshot(Transaction tx, SnapshotName name) {
        VolumeRow volume = volume(tx, name.volume());
        return tx.snapshots()
                .find(volume.id(), name.name())
                .orElseThrow(() -> Refused.notFound("Storage volume snapshot not found"));
    }

    /** A snapshot that can be worked with: its volume, too, as that may be moved away with it. */
    public static SnapshotRow readySnapshot(Transaction tx, SnapshotName name) {
        readyVolume(tx, name.volume());
        SnapshotRow row = snapshot(tx, name);
        if (row.state() != RowState.READY) {
            throw Refused.locked("Snapshot \"" + name.name() + "\" is still being created");
        }
        return row;
    }

    /** For a name that a volume is about to get: its project must be there, and the name free. */
    public static void refuseTaken(Transaction tx, PoolRow pool, VolumeName name) {
        Projects.require(tx, name.project());
        if (tx.volumes().find(pool.id(), name.project(), CUSTOM, name.name()).isPresent()) {
            throw Refused.conflict("Volume by that name already exists");
        }
    }

    /** @throws Refused NOT_FOUND it was deleted while somebody waited for it */
    public static VolumeRow volume(Transaction tx, UUID id) {
        return tx.volumes().find(id).orElseThrow(() -> Refused.notFound("Storage volume not found"));
    }

    /** @throws Refused NOT_FOUND as for volumes */
    public static SnapshotRow snapshot(Transaction tx, UUID id) {
        return tx.snapshots().find(id).orElseThrow(() -> Refused.notFound("Storage volume snapshot not found"));
    }

    public static VolumeName name(Transaction tx, VolumeRow row) {
        return new VolumeName(
                row.project(), tx.pools().find(row.pool()).orElseThrow().name(), row.name());
    }

    /** What attaches the volume itself. */
    public static List<AttachmentRow> uses(Transaction tx, VolumeRow volume) {
        return tx.attachments().list(volume.id()).stream()
                .filter(use -> use.snapshot() == null)
                .toList();
    }

    /** What attaches a snapshot. */
    public static List<AttachmentRow> uses(Transaction tx, SnapshotRow snapshot) {
        return tx.attachments().list(snapshot.volume()).stream()
                .filter(use -> Objects.equals(use.snapshot(), snapshot.id()))
                .toList();
    }

    public static Volume show(Transaction tx, VolumeRow row) {
        return show(row, name(tx, row), tx.volumeConfig().get(row.id()), uses(tx, row));
    }

    static Volume show(VolumeRow row, VolumeName name, Map<String, String> config, List<AttachmentRow> uses) {
        return new Volume(
                row.id(),
                name,
                content(row),
                row.description(),
                withUuid(config, row.id()),
                row.createdAt(),
                ids(uses));
    }

    public static Snapshot show(Transaction tx, SnapshotRow row) {
        VolumeRow volume = volume(tx, row.volume());
        return show(row, name(tx, volume), content(volume), tx.snapshotConfig().get(row.id()), uses(tx, row));
    }

    static Snapshot show(
            SnapshotRow row,
            VolumeName volume,
            ContentType content,
            Map<String, String> config,
            List<AttachmentRow> uses) {
        return new Snapshot(
                row.id(),
                volume.snapshot(row.name()),
                content,
                row.description(),
                withUuid(config, row.id()),
                row.createdAt(),
                row.expiry(),
                ids(uses));
    }

    private static Map<String, String> withUuid(Map<String, String> config, UUID id) {
        Map<String, String> all = new TreeMap<>(config);
        all.put(io.stowage.model.VolumeKeys.UUID_KEY, id.toString());
        return all;
    }

    private static List<UUID> ids(List<AttachmentRow> rows) {
        return rows.stream().map(AttachmentRow::id).toList();
    }

    public static ContentType content(VolumeRow row) {
        return ContentType.of(row.content()).orElseThrow();
    }

    /** The volume's name on the array. */
    public static ArrayName onArray(VolumeRow row) {
        return ArrayName.volume(VolumeType.CUSTOM, content(row), row.id());
    }

    /** The snapshot's name on the array, and that of the temporary volume it is read through. */
    public static ArrayName onArray(VolumeRow volume, UUID snapshot) {
        return ArrayName.snapshot(VolumeType.CUSTOM, content(volume), snapshot);
    }

    public static SnapshotRef ref(VolumeRow volume, UUID snapshot) {
        return new SnapshotRef(onArray(volume), onArray(volume, snapshot));
    }

    /** The name of the lease on a volume and its snapshots. */
    public static String lock(UUID volume) {
        return "volume " + volume;
    }

    public static String poolLock(UUID pool) {
        return "pool " + pool;
    }
}
