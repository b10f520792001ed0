package io.stowage.engine.work;

import io.stowage.database.PoolRow;
import io.stowage.database.RowState;
import io.stowage.database.Transaction;
import io.stowage.database.VolumeRow;
import io.stowage.driver.ArrayException;
import io.stowage.driver.ArrayVolume;
import io.stowage.engine.AttachmentKind;
import io.stowage.engine.Described;
import io.stowage.engine.IsoUpload;
import io.stowage.engine.Projects;
import io.stowage.engine.Refused;
import io.stowage.engine.SnapshotName;
import io.stowage.engine.Started;
import io.stowage.engine.TarUpload;
import io.stowage.engine.Volume;
import io.stowage.engine.VolumeCopy;
import io.stowage.engine.VolumeCreation;
import io.stowage.engine.VolumeName;
import io.stowage.engine.VolumeState;
import io.stowage.engine.Volumes;
import io.stowage.engine.journal.Failures;
import io.stowage.engine.journal.Journal;
import io.stowage.host.filesystem.Usage;
import io.stowage.model.ByteSize;
import io.stowage.model.ContentType;
import io.stowage.model.InvalidValue;
import io.stowage.model.Names;
import io.stowage.model.VolumeKeys;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What can be asked of volumes. */
public final class VolumeRequests implements Volumes {
    private final Site site;
    private final Journal journal;
    private final VolumeRules rules;
    private final VolumeCopies copies;

    public VolumeRequests(Site site, Journal journal) {
        this.site = site;
        this.journal = journal;
        this.rules = new VolumeRules(site);
        this.copies = new VolumeCopies(site, journal, rules);
    }

    @Override
    public List<Volume> list() {
        return site.database()
                .read(tx -> tx.pools().list().stream()
                        .flatMap(pool -> Listing.volumes(tx, pool).stream())
                        .toList());
    }

    @Override
    public List<Volume> list(String pool) {
        return site.database().read(tx -> Listing.volumes(tx, Catalog.pool(tx, pool)));
    }

    @Override
    public Volume get(VolumeName name) {
        return site.database().read(tx -> Catalog.show(tx, Catalog.volume(tx, name)));
    }

    @Override
    public VolumeState state(VolumeName name) {
        VolumeRow row = site.database().read(tx -> Catalog.volume(tx, name));
        try {
            VolumeAtHand volume = VolumeAtHand.of(site, row.id());
            Optional<Path> folder = volume.hasFiles() ? volume.mountPoint() : Optional.empty();
            if (folder.isPresent()) {
                Usage usage = site.files().usage(folder.get());
                return new VolumeState(OptionalLong.of(usage.used()), row.size());
            }
            Optional<ArrayVolume> found = volume.array().findVolume(volume.onArray());
            return new VolumeState(
                    found.map(known -> OptionalLong.of(known.used().bytes())).orElseGet(OptionalLong::empty),
                    row.size());
        } catch (ArrayException | InvalidValue | Refused e) {
            return new VolumeState(OptionalLong.empty(), row.size());
        }
    }

    @Override
    public Started<Volume> create(VolumeCreation request) {
        VolumeName name = request.name();
        PoolRow pool = check(name);
        Map<String, String> own = PoolRequests.withoutEmpty(request.config());
        VolumeRules.Checked checked = checked(pool, request.content(), own);
        VolumeRow row = row(pool, name, request.content(), request.description(), checked.bytes());
        return journal.start(tx -> {
            Catalog.refuseTaken(tx, Catalog.readyPool(tx, name.pool()), name);
            insert(site, tx, row, checked.config());
            return VolumeCreate.of(site, name, row.id());
        });
    }

    private VolumeRules.Checked checked(PoolRow pool, ContentType content, Map<String, String> own) {
        Map<String, String> poolConfig =
                site.database().read(tx -> site.poolConfigs().get(tx, pool.id()));
        return Failures.checked(() -> rules.creation(pool, content, own, poolConfig));
    }

    /** What can be said before anything else: the name, the pool, and whether the name is taken. */
    private PoolRow check(VolumeName name) {
        try {
            Names.checkVolume(name.name());
            Names.checkFolder(name.project() + "_" + name.name(), name.name());
        } catch (IllegalArgumentException e) {
            throw Failures.of(e);
        }
        return site.database().read(tx -> {
            PoolRow pool = Catalog.readyPool(tx, name.pool());
            Catalog.refuseTaken(tx, pool, name);
            return pool;
        });
    }

    private VolumeRow row(PoolRow pool, VolumeName name, ContentType content, String description, long bytes) {
        return new VolumeRow(
                UUID.randomUUID(),
                pool.id(),
                name.project(),
                Catalog.CUSTOM,
                name.name(),
                content.word(),
                description,
                bytes,
                RowState.CREATING,
                site.clock().instant());
    }

    /** The row of a volume that is to be made, with everything that hangs on it. */
    static void insert(Site site, Transaction tx, VolumeRow row, Map<String, String> config) {
        tx.volumes().insert(row);
        tx.volumeConfig().replace(row.id(), config);
        new Schedules(site.clock()).follow(tx, row.id(), config);
        Projects.requireWithinLimits(tx, row, row.size());
        Recovery.touch(tx, row);
    }

    @Override
    public Started<Volume> upload(IsoUpload request) {
        VolumeName name = request.name();
        PoolRow pool = check(name);
        ByteSize size = Failures.checked(() ->
                rules.image(pool, new ByteSize(request.length().orElse(IsoContent.STRIDE.bytes()))));
        VolumeRow row = row(pool, name, ContentType.ISO, "", size.bytes());
        return journal.start(tx -> {
            Catalog.refuseTaken(tx, Catalog.readyPool(tx, name.pool()), name);
            insert(site, tx, row, Map.of());
            return VolumeUpload.of(site, name, row.id(), new IsoContent(site, request));
        });
    }

    @Override
    public Started<Volume> upload(TarUpload request) {
        VolumeName name = request.name();
        PoolRow pool = check(name);
        VolumeRules.Checked checked = checked(pool, ContentType.FILESYSTEM, Map.of());
        VolumeRow row = row(pool, name, ContentType.FILESYSTEM, "", checked.bytes());
        TarContent content = TarContent.begin(site, request.content());
        try {
            return journal.start(tx -> {
                Catalog.refuseTaken(tx, Catalog.readyPool(tx, name.pool()), name);
                insert(site, tx, row, checked.config());
                return VolumeUpload.of(site, name, row.id(), content);
            });
        } catch (RuntimeException e) {
            content.close();
            throw e;
        }
    }

    @Override
    public Started<Volume> copy(VolumeCopy request) {
        if (request.refresh() && exists(request.target())) {
            PoolRow pool = site.database()
                    .read(tx -> Catalog.readyPool(tx, request.target().pool()));
            return copies.refresh(request, pool);
        }
        return copies.copy(request, check(request.target()));
    }

    private boolean exists(VolumeName name) {
        return site.database().read(tx -> {
            PoolRow pool = Catalog.pool(tx, name.pool());
            return tx.volumes()
                    .find(pool.id(), name.project(), Catalog.CUSTOM, name.name())
                    .isPresent();
        });
    }

    @Override
    public Started<Volume> move(VolumeName name, VolumeName target) {
        site.database().read(tx -> Catalog.readyVolume(tx, name));
        PoolRow pool = check(target);
        if (!target.pool().equals(name.pool())) {
            return copies.move(name, target, pool);
        }
        return journal.start(tx -> {
            VolumeRow row = Catalog.readyVolume(tx, name);
            refuseMountedByName(tx, name, row);
            Catalog.refuseTaken(tx, Catalog.readyPool(tx, target.pool()), target);
            return VolumeRename.of(site, name, row.id(), target);
        });
    }

    @Override
    public Started<Volume> update(VolumeName name, Function<Volume, Described> change) {
        return journal.start(tx -> {
            VolumeRow row = Catalog.readyVolume(tx, name);
            Described wanted = change.apply(Catalog.show(tx, row));
            Map<String, String> given = PoolRequests.withoutEmpty(wanted.config());
            given.remove(VolumeKeys.UUID_KEY);
            long bytes = rules.change(tx, row, wanted.config(), given);
            if (bytes > row.size()) {
                Projects.requireWithinLimits(tx, row, bytes);
            }
            ConfigChange config = ConfigChange.between(tx.volumeConfig().get(row.id()), given);
            return VolumeUpdate.of(site, name, row, wanted.description(), config, bytes);
        });
    }

    @Override
    public Started<Volume> rename(VolumeName name, String newName) {
        return move(name, new VolumeName(name.project(), name.pool(), newName));
    }

    private void refuseMountedByName(Transaction tx, VolumeName name, VolumeRow row) {
        String folder = site.layout().pool(name.pool()).toString() + "/";
        tx.attachments().list(row.id()).stream()
                .filter(use -> use.kind().equals(AttachmentKind.MOUNT.key()))
                .filter(use -> use.path() != null && use.path().startsWith(folder))
                .findFirst()
                .ifPresent(use -> {
                    throw Refused.locked(
                            "Volume \"" + name.name() + "\" cannot be renamed while it is mounted at " + use.path());
                });
    }

    @Override
    public Started<Volume> restore(SnapshotName snapshot, Consumer<Volume> check) {
        return journal.start(tx -> {
            check.accept(Catalog.show(tx, Catalog.volume(tx, snapshot.volume())));
            return VolumeRestore.intend(site, tx, snapshot);
        });
    }

    @Override
    public Started<@Nullable Void> delete(VolumeName name, Consumer<Transaction> check) {
        VolumeRow row = site.database().read(tx -> Catalog.readyVolume(tx, name));
        if (!site.database().read(tx -> tx.attachments().list(row.id())).isEmpty()) {
            throw Refused.inUse("The storage volume is still in use");
        }
        PoolRequests.reach(site, row.pool());
        return journal.start(tx -> {
            check.accept(tx);
            return VolumeDelete.intend(site, tx, name);
        });
    }
}
