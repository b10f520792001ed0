package io.stowage.engine.work;

import io.stowage.driver.ObjectExists;
import io.stowage.driver.SnapshotRef;
import io.stowage.model.ArrayName;
import java.nio.file.Path;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * The temporary volume that a snapshot is read through: to be mounted beside its origin a file system needs an identity of
 * its own, and a snapshot is never written to. That of users exists as long as the snapshot is attached, and has its name.
 */
final class Temporary {
    private final Site site;
    private final VolumeAtHand volume;
    private final ArrayName name;
    private final SnapshotRef snapshot;

    private Temporary(Site site, VolumeAtHand volume, UUID snapshot, UUID id) {
        this.site = site;
        this.volume = volume;
        this.name = Catalog.onArray(volume.row(), id);
        this.snapshot = Catalog.ref(volume.row(), snapshot);
    }

    static Temporary of(Site site, VolumeAtHand volume, UUID snapshot) {
        return new Temporary(site, volume, snapshot, snapshot);
    }

    /** One beside that which users may have, for work of our own that knows the id in its name. */
    static Temporary beside(Site site, VolumeAtHand volume, UUID snapshot, UUID id) {
        return new Temporary(site, volume, snapshot, id);
    }

    ArrayName name() {
        return name;
    }

    /** Makes it with the snapshot's content, connects it, and makes it fit to be mounted beside its origin. */
    Path make(UUID holder) {
        Path device = connect(holder);
        if (volume.hasFiles()) {
            site.files().renewIdentity(device, volume.fileSystem());
        }
        return device;
    }

    /** Makes it with the snapshot's content, and connects it. */
    Path connect(UUID holder) {
        try {
            volume.array().createTemporary(snapshot, name);
        } catch (ObjectExists e) {
            // What an attempt that was cut short has left may be a device here.
            remove();
            volume.array().createTemporary(snapshot, name);
        }
        return site.links().attach(volume.pool(), name, false, holder);
    }

    /** Does something with it while it is there; it is gone afterwards. */
    void use(Consumer<Path> work) {
        site.links().claim(name);
        try {
            try {
                work.accept(connect(UUID.randomUUID()));
            } catch (RuntimeException e) {
                try {
                    remove();
                } catch (RuntimeException second) {
                    e.addSuppressed(second);
                }
                throw e;
            }
            remove();
        } finally {
            site.links().giveUp(name);
        }
    }

    /** Disconnects and deletes it; repeatable. */
    void remove() {
        site.links().drop(volume.pool(), name);
        volume.array().deleteVolume(name);
    }
}
