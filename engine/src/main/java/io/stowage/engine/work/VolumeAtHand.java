package io.stowage.engine.work;

import io.stowage.database.AttachmentRow;
import io.stowage.database.VolumeRow;
import io.stowage.driver.StorageArray;
import io.stowage.engine.AttachmentKind;
import io.stowage.engine.Refused;
import io.stowage.engine.VolumeName;
import io.stowage.engine.pool.OpenPool;
import io.stowage.model.ArrayName;
import io.stowage.model.ByteSize;
import io.stowage.model.ContentType;
import io.stowage.model.Flag;
import io.stowage.model.VolumeKeys;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A volume with its pool, as it is now: what most work begins with. The caller holds its lease. */
final class VolumeAtHand {
    private static final System.Logger LOG = System.getLogger(VolumeAtHand.class.getName());

    private static final int THAWS = 3;

    private final Site site;
    private final VolumeRow row;
    private final Map<String, String> config;
    private final OpenPool pool;
    private final List<AttachmentRow> uses;

    private VolumeAtHand(
            Site site, VolumeRow row, Map<String, String> config, OpenPool pool, List<AttachmentRow> uses) {
        this.site = site;
        this.row = row;
        this.config = config;
        this.pool = pool;
        this.uses = uses;
    }

    static VolumeAtHand of(Site site, UUID id) {
        VolumeRow row = site.database().read(tx -> Catalog.volume(tx, id));
        return new VolumeAtHand(
                site,
                row,
                site.database().read(tx -> tx.volumeConfig().get(id)),
                site.pools().get(row.pool()),
                site.database().read(tx -> Catalog.uses(tx, row)));
    }

    VolumeRow row() {
        return row;
    }

    Map<String, String> config() {
        return config;
    }

    OpenPool pool() {
        return pool;
    }

    StorageArray array() {
        return pool.array();
    }

    VolumeName name() {
        return new VolumeName(row.project(), pool.name(), row.name());
    }

    ArrayName onArray() {
        return Catalog.onArray(row);
    }

    boolean hasFiles() {
        return Catalog.content(row) == ContentType.FILESYSTEM;
    }

    /** Type of its file system. */
    String fileSystem() {
        return config.getOrDefault(VolumeKeys.FILESYSTEM, VolumeKeys.DEFAULT_FILESYSTEM);
    }

    String mountOptions() {
        return config.getOrDefault(VolumeKeys.MOUNT_OPTIONS, VolumeKeys.DEFAULT_MOUNT_OPTIONS);
    }

    boolean shared() {
        return Catalog.content(row) == ContentType.ISO || Flag.isTrue(config.getOrDefault(VolumeKeys.SHARED, ""));
    }

    /** Makes it on the array, empty, with its recovery record. */
    void create() {
        ByteSize size = new ByteSize(row.size());
        site.recovery().make(row.id(), record -> array().createVolume(onArray(), size, record));
    }

    /** Does something with its device. */
    void withDevice(Consumer<Path> work) {
        site.links().use(pool, onArray(), shared(), work);
    }

    /** Where it is mounted on this host now, as the kernel says. */
    Optional<Path> mountPoint() {
        return site.links()
                .device(onArray())
                .flatMap(device -> uses.stream()
                        .filter(use -> use.member().equals(site.me().id()))
                        .filter(use -> use.kind().equals(AttachmentKind.MOUNT.key()))
                        .flatMap(use -> Optional.ofNullable(use.path()).stream())
                        .map(Path::of)
                        .filter(folder -> site.files().isMounted(device, folder))
                        .findFirst());
    }

    /** Does something while its mounted file system, if there is one, is whole on the array and stands still. */
    <T> T atRest(Supplier<T> work) {
        Optional<Path> folder = hasFiles() ? mountPoint() : Optional.empty();
        if (folder.isEmpty()) {
            return work.get();
        }
        freeze(folder.get());
        try {
            return work.get();
        } finally {
            thaw(folder.get());
        }
    }

    /** A file system that stays frozen hangs everybody who uses it: so this is tried more than once. */
    private void thaw(Path folder) {
        for (int attempt = 1; ; attempt++) {
            try {
                site.files().thaw(folder);
                return;
            } catch (Refused e) {
                LOG.log(Level.ERROR, "{0} can't be thawed: {1}", folder, e.getMessage());
                if (attempt == THAWS) {
                    throw e;
                }
            }
        }
    }

    private void freeze(Path folder) {
        try {
            site.files().freeze(folder);
        } catch (Refused e) {
            LOG.log(Level.WARNING, "{0} can't be frozen, going on without: {1}", folder, e.getMessage());
        }
    }

    /** Notes what size it has on the array. */
    void noteSize(long bytes) {
        site.database().write(tx -> {
            tx.volumes().resize(row.id(), bytes);
            return null;
        });
    }
}
