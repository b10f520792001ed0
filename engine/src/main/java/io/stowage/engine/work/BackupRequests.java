package io.stowage.engine.work;

import io.stowage.database.BackupRow;
import io.stowage.database.PoolRow;
import io.stowage.database.RowState;
import io.stowage.database.SnapshotRow;
import io.stowage.database.Transaction;
import io.stowage.database.VolumeRow;
import io.stowage.engine.Backup;
import io.stowage.engine.BackupCreation;
import io.stowage.engine.BackupName;
import io.stowage.engine.BackupUpload;
import io.stowage.engine.Backups;
import io.stowage.engine.Projects;
import io.stowage.engine.Refused;
import io.stowage.engine.Started;
import io.stowage.engine.Volume;
import io.stowage.engine.VolumeName;
import io.stowage.engine.archive.BackupIndex;
import io.stowage.engine.archive.IndexYaml;
import io.stowage.engine.journal.Failures;
import io.stowage.engine.journal.Journal;
import io.stowage.host.archive.Compression;
import io.stowage.model.ContentType;
import io.stowage.model.InvalidValue;
import io.stowage.model.Names;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What can be asked of backups. */
public final class BackupRequests implements Backups {
    /** The name of an operation's backup in its metadata. */
    static final String METADATA = "backup";

    private static final System.Logger LOG = System.getLogger(BackupRequests.class.getName());
    private static final String NUMBERED = "backup";

    private final Site site;
    private final Journal journal;

    public BackupRequests(Site site, Journal journal) {
        this.site = site;
        this.journal = journal;
    }

    @Override
    public List<Backup> list(VolumeName volume) {
        return site.database()
                .read(tx -> tx.backups().list(Catalog.volume(tx, volume).id()).stream()
                        .filter(row -> row.state() == RowState.READY)
                        .map(row -> show(tx, row))
                        .toList());
    }

    @Override
    public Backup get(BackupName name) {
        return site.database().read(tx -> show(tx, row(tx, name)));
    }

    private static BackupRow row(Transaction tx, BackupName name) {
        VolumeRow volume = Catalog.volume(tx, name.volume());
        return tx.backups()
                .find(volume.id(), name.name())
                .filter(row -> row.state() == RowState.READY)
                .orElseThrow(() -> Refused.notFound("Storage volume backup not found"));
    }

    static Backup show(Transaction tx, BackupRow row) {
        VolumeName volume = Catalog.name(tx, Catalog.volume(tx, row.volume()));
        return new Backup(
                row.id(), new BackupName(volume, row.name()), row.createdAt(), row.expiresAt(), row.volumeOnly());
    }

    static Map<String, String> metadata(Backup backup) {
        return Map.of(METADATA, backup.name().name());
    }

    @Override
    public Started<Backup> create(BackupCreation request) {
        Compression compression = Failures.checked(
                () -> Compression.parse(request.compression().isEmpty() ? Compression.DEFAULT : request.compression()));
        int version = request.version() == 0 ? IndexYaml.OLDEST_VERSION : request.version();
        if (version < IndexYaml.OLDEST_VERSION || version > IndexYaml.NEWEST_VERSION) {
            throw Refused.badInput("Invalid backup format version " + version);
        }
        @Nullable String wished = request.name();
        boolean named = wished != null && !wished.isEmpty();
        if (wished != null && named) {
            checkName(wished);
        }
        UUID id = UUID.randomUUID();
        Instant now = site.clock().instant();
        return journal.start(tx -> {
            VolumeRow volume = Catalog.readyVolume(tx, request.volume());
            Projects.requireBackups(tx, volume.project());
            if (Catalog.content(volume) == ContentType.ISO) {
                throw Refused.unsupported("Volume of content type \"iso\" does not support backups");
            }
            String name = wished != null && named ? wished : nextName(tx, volume);
            refuseTaken(tx, volume, name);
            Map<UUID, String> snapshots = new LinkedHashMap<>();
            if (!request.volumeOnly()) {
                tx.snapshots().list(volume.id()).stream()
                        .filter(snapshot -> snapshot.state() == RowState.READY)
                        .forEach(snapshot -> snapshots.put(snapshot.id(), snapshot.name()));
            }
            BackupRow row = new BackupRow(
                    id,
                    volume.id(),
                    name,
                    request.volumeOnly(),
                    compression.text(),
                    IndexYaml.write(index(tx, volume, snapshots), volume.project(), version),
                    volume.size(),
                    RowState.CREATING,
                    now,
                    request.expiresAt());
            tx.backups().insert(row, snapshots);
            return BackupCreate.of(site, request.volume(), row);
        });
    }

    private static void checkName(String name) {
        if (name.contains("/")) {
            throw Refused.badInput("Backup names may not contain slashes");
        }
        try {
            Names.checkSnapshot(name);
        } catch (InvalidValue e) {
            throw Refused.badInput(String.valueOf(e.getMessage()).replace("snapshot name", "backup name"));
        }
    }

    private static void refuseTaken(Transaction tx, VolumeRow volume, String name) {
        if (tx.backups().find(volume.id(), name).isPresent()) {
            throw Refused.conflict("Backup \"" + volume.name() + "/" + name + "\" already exists");
        }
    }

    /** The highest number and one. */
    private static String nextName(Transaction tx, VolumeRow volume) {
        long next = tx.backups().list(volume.id()).stream()
                .map(BackupRow::name)
                .filter(name -> name.matches(NUMBERED + "[0-9]{1,9}"))
                .mapToLong(name -> Long.parseLong(name.substring(NUMBERED.length())) + 1)
                .max()
                .orElse(0);
        return NUMBERED + next;
    }

    private static BackupIndex index(Transaction tx, VolumeRow volume, Map<UUID, String> snapshots) {
        PoolRow pool = tx.pools().find(volume.pool()).orElseThrow();
        return new BackupIndex(
                pool.driver(),
                pool.name(),
                false,
                new BackupIndex.Subject(
                        volume.name(),
                        volume.description(),
                        Catalog.content(volume),
                        withSize(tx.volumeConfig().get(volume.id()), volume.size()),
                        volume.createdAt(),
                        null),
                snapshots.keySet().stream()
                        .map(id -> subject(tx, volume, Catalog.snapshot(tx, id)))
                        .toList());
    }

    private static BackupIndex.Subject subject(Transaction tx, VolumeRow volume, SnapshotRow row) {
        return new BackupIndex.Subject(
                row.name(),
                row.description(),
                Catalog.content(volume),
                withSize(tx.snapshotConfig().get(row.id()), row.size()),
                row.createdAt(),
                row.expiresAt());
    }

    /** Where the size came from the pool, another server would take its own pool's, which may be too small. */
    private static Map<String, String> withSize(Map<String, String> config, long bytes) {
        Map<String, String> all = new TreeMap<>(config);
        all.putIfAbsent(io.stowage.model.VolumeKeys.SIZE, Long.toString(bytes));
        return all;
    }

    @Override
    public Started<Backup> rename(BackupName name, String newName) {
        checkName(newName);
        return journal.start(tx -> {
            VolumeRow volume = Catalog.readyVolume(tx, name.volume());
            BackupRow row = row(tx, name);
            refuseTaken(tx, volume, newName);
            return BackupRename.of(site, name, row, newName);
        });
    }

    @Override
    public Started<@Nullable Void> delete(BackupName name) {
        return journal.start(tx -> BackupDelete.intend(site, tx, row(tx, name)));
    }

    @Override
    public File open(BackupName name) {
        return site.database().read(tx -> {
            BackupRow row = row(tx, name);
            return new BackupExport(site, row, tx.backups().snapshots(row.id()));
        });
    }

    @Override
    public Started<Volume> receive(BackupUpload request) {
        return new BackupReception(site, journal).receive(request);
    }

    /** Deletes what has expired; what is being read, or can't be deleted now, is left to the next time. */
    public void prune() {
        Instant now = site.clock().instant();
        List<BackupRow> expired = site.database().read(tx -> tx.backups().expired(now));
        for (BackupRow row : expired) {
            try {
                journal.start(tx -> BackupDelete.intend(site, tx, row)).await();
            } catch (Refused e) {
                LOG.log(Level.INFO, "The expired backup {0} is deleted later: {1}", row.name(), e.getMessage());
            }
        }
    }
}
