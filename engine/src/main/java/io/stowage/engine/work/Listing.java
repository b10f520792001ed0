package io.stowage.engine.work;

import io.stowage.database.AttachmentRow;
import io.stowage.database.PoolRow;
import io.stowage.database.RowState;
import io.stowage.database.SnapshotRow;
import io.stowage.database.Transaction;
import io.stowage.database.VolumeRow;
import io.stowage.engine.Snapshot;
import io.stowage.engine.Volume;
import io.stowage.engine.VolumeName;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Many volumes or snapshots at once, in a number of queries that doesn't grow with them. */
final class Listing {
    private Listing() {}

    /** Of a pool, by project and name. */
    static List<Volume> volumes(Transaction tx, PoolRow pool) {
        Map<UUID, Map<String, String>> configs = tx.volumes().configs(pool.id());
        Map<UUID, List<AttachmentRow>> uses = tx.attachments().listPool(pool.id()).stream()
                .filter(use -> use.snapshot() == null)
                .collect(Collectors.groupingBy(AttachmentRow::volume));
        return tx.volumes().list(pool.id()).stream()
                .filter(row -> row.state() != RowState.CREATING)
                .map(row -> Catalog.show(row, name(pool, row), of(configs, row.id()), uses(uses, row.id())))
                .toList();
    }

    /** Of all volumes of a pool, oldest first. */
    static List<Snapshot> snapshots(Transaction tx, PoolRow pool) {
        Map<UUID, VolumeRow> volumes =
                tx.volumes().list(pool.id()).stream().collect(Collectors.toMap(VolumeRow::id, Function.identity()));
        return show(
                pool,
                volumes,
                tx.snapshots().listPool(pool.id()),
                tx.snapshots().poolConfigs(pool.id()),
                tx.attachments().listPool(pool.id()));
    }

    /** Of a volume, oldest first. */
    static List<Snapshot> snapshots(Transaction tx, VolumeRow volume) {
        return show(
                tx.pools().find(volume.pool()).orElseThrow(),
                Map.of(volume.id(), volume),
                tx.snapshots().list(volume.id()),
                tx.snapshots().configs(volume.id()),
                tx.attachments().list(volume.id()));
    }

    private static List<Snapshot> show(
            PoolRow pool,
            Map<UUID, VolumeRow> volumes,
            List<SnapshotRow> rows,
            Map<UUID, Map<String, String>> configs,
            List<AttachmentRow> attachments) {
        Map<UUID, List<AttachmentRow>> uses = attachments.stream()
                .filter(use -> use.snapshot() != null)
                .collect(Collectors.groupingBy(use -> Objects.requireNonNull(use.snapshot())));
        return rows.stream()
                .filter(row -> row.state() == RowState.READY)
                .map(row -> {
                    VolumeRow volume = Objects.requireNonNull(volumes.get(row.volume()));
                    return Catalog.show(
                            row,
                            name(pool, volume),
                            Catalog.content(volume),
                            of(configs, row.id()),
                            uses(uses, row.id()));
                })
                .toList();
    }

    private static VolumeName name(PoolRow pool, VolumeRow row) {
        return new VolumeName(row.project(), pool.name(), row.name());
    }

    private static Map<String, String> of(Map<UUID, Map<String, String>> configs, UUID id) {
        return configs.getOrDefault(id, Map.of());
    }

    private static List<AttachmentRow> uses(Map<UUID, List<AttachmentRow>> uses, UUID id) {
        return uses.getOrDefault(id, List.of());
    }
}
