package io.stowage.engine.work;

import io.stowage.database.PoolRow;
import io.stowage.database.RowState;
import io.stowage.database.SnapshotRow;
import io.stowage.database.Transaction;
import io.stowage.database.VolumeRow;
import io.stowage.engine.Expiry;
import io.stowage.engine.OperationKind;
import io.stowage.engine.Refused;
import io.stowage.engine.Snapshot;
import io.stowage.engine.SnapshotCreation;
import io.stowage.engine.SnapshotName;
import io.stowage.engine.Snapshots;
import io.stowage.engine.Started;
import io.stowage.engine.VolumeName;
import io.stowage.engine.journal.Failures;
import io.stowage.engine.journal.Journal;
import io.stowage.model.ContentType;
import io.stowage.model.InvalidValue;
import io.stowage.model.Names;
import io.stowage.model.SnapshotExpiry;
import io.stowage.model.SnapshotPattern;
import io.stowage.model.VolumeKeys;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What can be asked of snapshots. */
public final class SnapshotRequests implements Snapshots {
    private final Site site;
    private final Journal journal;

    public SnapshotRequests(Site site, Journal journal) {
        this.site = site;
        this.journal = journal;
    }

    @Override
    public List<Snapshot> list(VolumeName volume) {
        return site.database()
                .read(tx ->
                        show(tx, tx.snapshots().list(Catalog.volume(tx, volume).id())));
    }

    @Override
    public List<Snapshot> list(String pool) {
        return site.database().read(tx -> {
            PoolRow row = Catalog.pool(tx, pool);
            return show(tx, tx.snapshots().listPool(row.id()));
        });
    }

    private static List<Snapshot> show(Transaction tx, List<SnapshotRow> rows) {
        return rows.stream()
                .filter(row -> row.state() == RowState.READY)
                .map(row -> Catalog.show(tx, row))
                .toList();
    }

    @Override
    public Snapshot get(SnapshotName name) {
        return site.database().read(tx -> Catalog.show(tx, Catalog.snapshot(tx, name)));
    }

    @Override
    public Started<Snapshot> create(SnapshotCreation request) {
        @Nullable String wished = request.name();
        boolean named = wished != null && !wished.isEmpty();
        if (wished != null && named) {
            checkName(wished);
        }
        UUID id = UUID.randomUUID();
        Instant now = site.clock().instant();
        return journal.start(tx -> {
            VolumeRow volume = Catalog.readyVolume(tx, request.volume());
            if (Catalog.content(volume) == ContentType.ISO) {
                throw Refused.badInput("Volume of content type \"iso\" does not support snapshots");
            }
            Map<String, String> config = tx.volumeConfig().get(volume.id());
            String name = wished != null && named ? wished : nextName(tx, volume, config, now);
            refuseTaken(tx, volume.id(), name);
            SnapshotRow row = new SnapshotRow(
                    id,
                    volume.id(),
                    name,
                    request.description() == null || request.description().isEmpty()
                            ? volume.description()
                            : request.description(),
                    volume.size(),
                    RowState.CREATING,
                    now,
                    expiry(request.expiry(), config, now));
            tx.snapshots().insert(row);
            tx.snapshotConfig().replace(id, config);
            Recovery.touch(tx, row);
            return SnapshotCreate.of(site, request.volume().snapshot(name), row);
        });
    }

    private static void checkName(String name) {
        try {
            Names.checkSnapshot(name);
        } catch (InvalidValue e) {
            throw Failures.of(e);
        }
    }

    private static void refuseTaken(Transaction tx, UUID volume, String name) {
        if (tx.snapshots().find(volume, name).isPresent()) {
            throw Refused.conflict("Snapshot \"" + name + "\" already in use");
        }
    }

    private static String nextName(Transaction tx, VolumeRow volume, Map<String, String> config, Instant now) {
        String pattern = config.getOrDefault(VolumeKeys.SNAPSHOTS_PATTERN, SnapshotPattern.DEFAULT);
        List<String> existing =
                tx.snapshots().list(volume.id()).stream().map(SnapshotRow::name).toList();
        return SnapshotPattern.parse(pattern).name(now.atZone(ZoneOffset.UTC), existing);
    }

    private static @Nullable Instant expiry(Expiry expiry, Map<String, String> config, Instant now) {
        return switch (expiry) {
            case Expiry.Never never -> null;
            case Expiry.At at -> at.time();
            case Expiry.ByVolume byVolume ->
                SnapshotExpiry.parse(config.getOrDefault(VolumeKeys.SNAPSHOTS_EXPIRY, ""))
                        .after(now)
                        .orElse(null);
        };
    }

    @Override
    public Started<Snapshot> update(SnapshotName name, String description, @Nullable Instant expiresAt) {
        return journal.start(tx -> {
            SnapshotRow row = Catalog.readySnapshot(tx, name);
            return SnapshotChange.of(
                    site, OperationKind.SNAPSHOT_UPDATE, name, row, row.name(), description, expiresAt);
        });
    }

    @Override
    public Started<Snapshot> rename(SnapshotName name, String newName) {
        checkName(newName);
        return journal.start(tx -> {
            SnapshotRow row = Catalog.readySnapshot(tx, name);
            refuseTaken(tx, row.volume(), newName);
            if (!Catalog.uses(tx, row).isEmpty()) {
                throw Refused.locked("Snapshot \"" + name.name() + "\" cannot be renamed while it is attached");
            }
            return SnapshotChange.of(
                    site, OperationKind.SNAPSHOT_RENAME, name, row, newName, row.description(), row.expiresAt());
        });
    }

    @Override
    public Started<@Nullable Void> delete(SnapshotName name) {
        VolumeRow volume = site.database().read(tx -> {
            Catalog.readySnapshot(tx, name);
            return Catalog.volume(tx, name.volume());
        });
        PoolRequests.reach(site, volume.pool());
        return journal.start(tx -> SnapshotDelete.intend(site, tx, name));
    }
}
