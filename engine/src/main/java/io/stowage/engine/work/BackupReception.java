package io.stowage.engine.work;

import io.stowage.database.PoolRow;
import io.stowage.database.RowState;
import io.stowage.database.SnapshotRow;
import io.stowage.database.Transaction;
import io.stowage.database.VolumeRow;
import io.stowage.engine.BackupUpload;
import io.stowage.engine.Refused;
import io.stowage.engine.Started;
import io.stowage.engine.Volume;
import io.stowage.engine.VolumeName;
import io.stowage.engine.archive.BackupIndex;
import io.stowage.engine.archive.BackupIndex.Subject;
import io.stowage.engine.journal.Failures;
import io.stowage.engine.journal.Journal;
import io.stowage.host.archive.TarEntry;
import io.stowage.model.ByteSize;
import io.stowage.model.ContentType;
import io.stowage.model.Names;
import io.stowage.model.VolumeKeys;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Looks at the beginning of a backup's file, and lets a volume be made from it if that is possible. */
final class BackupReception {
    private final Site site;
    private final Journal journal;

    BackupReception(Site site, Journal journal) {
        this.site = site;
        this.journal = journal;
    }

    Started<Volume> receive(BackupUpload request) {
        PoolRow pool = site.database().read(tx -> Catalog.readyPool(tx, request.pool()));
        ArrivingBackup file = ArrivingBackup.begin(request.content());
        try {
            return receive(request, pool, file);
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private Started<Volume> receive(BackupUpload request, PoolRow pool, ArrivingBackup file) {
        BackupIndex index = file.index();
        checkKind(index, pool);
        checkSnapshots(index);
        @Nullable String wished = request.name();
        String given = wished == null || wished.isEmpty() ? index.volume().name() : wished;
        VolumeName name = new VolumeName(request.project(), request.pool(), given);
        Failures.checked(() -> {
            Names.checkVolume(given);
            return given;
        });
        Map<String, String> poolConfig =
                site.database().read(tx -> site.poolConfigs().get(tx, pool.id()));
        ContentType content = index.volume().content();
        VolumeRules.Checked checked = Failures.checked(
                () -> new VolumeRules(site).creation(pool, content, withSize(index.volume(), file), poolConfig));
        Instant now = site.clock().instant();
        VolumeRow row = new VolumeRow(
                UUID.randomUUID(),
                pool.id(),
                name.project(),
                Catalog.CUSTOM,
                name.name(),
                content.word(),
                index.volume().description(),
                checked.bytes(),
                RowState.CREATING,
                Objects.requireNonNullElse(index.volume().createdAt(), now));
        return journal.start(tx -> {
            Catalog.refuseTaken(tx, Catalog.readyPool(tx, name.pool()), name);
            VolumeRequests.insert(site, tx, row, checked.config());
            insert(tx, row, index.snapshots(), now);
            return BackupImport.of(site, name, row.id(), file);
        });
    }

    private static void checkKind(BackupIndex index, PoolRow pool) {
        if (index.optimized()) {
            throw Refused.badInput("Optimized backup storage driver \"" + index.driver()
                    + "\" differs from the target storage pool driver \"" + pool.driver() + "\"");
        }
        if (index.volume().content() == ContentType.ISO) {
            throw Refused.badInput("Volume of content type \"iso\" cannot be imported from a backup");
        }
    }

    /** Names from outside: they stand in paths. */
    private static void checkSnapshots(BackupIndex index) {
        Set<String> names = new HashSet<>();
        for (Subject snapshot : index.snapshots()) {
            Failures.checked(() -> {
                Names.checkSnapshot(snapshot.name());
                return snapshot.name();
            });
            if (!names.add(snapshot.name())) {
                throw Refused.badInput("The backup has two snapshots called \"" + snapshot.name() + "\"");
            }
        }
    }

    /** The config as far as volumes here can have it, with a size in which the first image fits. */
    private static Map<String, String> withSize(Subject volume, ArrivingBackup file) {
        Map<String, String> config = VolumeRules.known(volume.content(), volume.config());
        if (volume.content() == ContentType.BLOCK) {
            long image = file.first().map(TarEntry::size).orElse(0L);
            if (ByteSize.parse(config.getOrDefault(VolumeKeys.SIZE, "")).bytes() < image) {
                config.put(VolumeKeys.SIZE, Long.toString(image));
            }
        }
        return config;
    }

    private static void insert(Transaction tx, VolumeRow volume, List<Subject> snapshots, Instant now) {
        // Those without a date keep their order.
        Instant date = now;
        for (Subject snapshot : snapshots) {
            date = date.plusNanos(1000);
            SnapshotRow row = new SnapshotRow(
                    UUID.randomUUID(),
                    volume.id(),
                    snapshot.name(),
                    snapshot.description(),
                    volume.size(),
                    RowState.CREATING,
                    Objects.requireNonNullElse(snapshot.createdAt(), date),
                    snapshot.expiresAt());
            tx.snapshots().insert(row);
            tx.snapshotConfig().replace(row.id(), VolumeRules.known(snapshot.content(), snapshot.config()));
            Recovery.touch(tx, row);
        }
    }
}
