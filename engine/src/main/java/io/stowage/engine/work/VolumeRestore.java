package io.stowage.engine.work;

import io.stowage.database.SnapshotRow;
import io.stowage.database.Transaction;
import io.stowage.database.VolumeRow;
import io.stowage.engine.OperationKind;
import io.stowage.engine.Refused;
import io.stowage.engine.SnapshotName;
import io.stowage.engine.Volume;
import io.stowage.engine.journal.Entry;
import io.stowage.engine.journal.Steps;
import io.stowage.engine.journal.Work;
import io.stowage.model.ByteSize;
import io.stowage.model.VolumeKeys;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Puts a snapshot's content back into its volume, which nothing attaches. */
final class VolumeRestore implements Work<Volume> {
    private final Site site;
    private final Entry entry;
    private final UUID id;
    private final UUID snapshot;
    private boolean restored;

    VolumeRestore(Site site, Entry entry) {
        this.site = site;
        this.entry = entry;
        this.id = entry.uuid("id");
        this.snapshot = entry.uuid("snapshot");
    }

    /** @throws Refused LOCKED */
    static VolumeRestore intend(Site site, Transaction tx, SnapshotName name) {
        VolumeRow volume = Catalog.readyVolume(tx, name.volume());
        SnapshotRow snapshot = Catalog.readySnapshot(tx, name);
        if (!Catalog.uses(tx, volume).isEmpty()) {
            throw Refused.locked("Volume \"" + volume.name() + "\" cannot be restored while it is attached");
        }
        return new VolumeRestore(
                site,
                Entry.ofSnapshot(
                        OperationKind.VOLUME_RESTORE,
                        name,
                        Map.of(
                                "id",
                                volume.id().toString(),
                                "snapshot",
                                snapshot.id().toString())));
    }

    @Override
    public Entry entry() {
        return entry;
    }

    @Override
    public List<String> locks() {
        return List.of(Catalog.lock(id));
    }

    @Override
    public void run(Steps steps) {
        steps.once("restore on the array", () -> {
            VolumeAtHand volume = VolumeAtHand.of(site, id);
            if (site.links().device(volume.onArray()).isPresent()) {
                throw Refused.locked("Volume \"" + volume.row().name() + "\" cannot be restored while it is attached");
            }
            volume.array().restore(Catalog.ref(volume.row(), snapshot), percent -> steps.progress("restore", percent));
        });
        VolumeAtHand volume = VolumeAtHand.of(site, id);
        if (volume.hasFiles() && mayHaveRoom(volume)) {
            steps.once(
                    "let the file system be as large as the volume",
                    () -> new Resizing(site, volume).fillDevice(new ByteSize(sizeAfter(volume))));
        }
    }

    /**
     * Whether the file system may be smaller than the volume: this has grown since and can't shrink again, or the snapshot
     * came from another array, where it was smaller.
     */
    private boolean mayHaveRoom(VolumeAtHand volume) {
        return site.database().read(tx -> {
            ByteSize told = VolumeKeys.size(
                    tx.snapshotConfig().get(snapshot),
                    site.poolConfigs().get(tx, volume.row().pool()));
            long bytes = sizeAfter(tx, volume.row());
            return bytes > Catalog.snapshot(tx, snapshot).size() || bytes > told.bytes();
        });
    }

    private long sizeAfter(VolumeAtHand volume) {
        return site.database().read(tx -> sizeAfter(tx, volume.row()));
    }

    /** A volume that has grown since, and can't shrink again, keeps its size. */
    private long sizeAfter(Transaction tx, VolumeRow row) {
        long size = Catalog.snapshot(tx, snapshot).size();
        return new VolumeRules(site).shrinks(tx, row) ? size : Math.max(size, row.size());
    }

    @Override
    public Volume done(Transaction tx) {
        takeSize(tx);
        return Catalog.show(tx, Catalog.volume(tx, id));
    }

    /** There is no way back. What can be seen by its size to have happened, though its answer was lost, is noted. */
    @Override
    public void undo() {
        VolumeAtHand volume = VolumeAtHand.of(site, id);
        long size = sizeAfter(volume);
        restored = size != volume.row().size()
                && volume.array()
                        .findVolume(volume.onArray())
                        .filter(found -> found.size().bytes() == size)
                        .isPresent();
    }

    @Override
    public void undone(Transaction tx) {
        if (restored) {
            takeSize(tx);
        }
    }

    /** Volume and config have the snapshot's size again; the config tells more if it is another array's. */
    private void takeSize(Transaction tx) {
        VolumeRow row = Catalog.volume(tx, id);
        long bytes = sizeAfter(tx, row);
        if (bytes > Catalog.snapshot(tx, snapshot).size()) {
            return;
        }
        tx.volumes().resize(id, bytes);
        Map<String, String> before = tx.volumeConfig().get(id);
        Map<String, String> config = new HashMap<>(before);
        String size = new VolumeRules(site)
                .told(tx, row, tx.snapshotConfig().get(snapshot).getOrDefault(VolumeKeys.SIZE, ""), bytes);
        if (size.isEmpty()) {
            config.remove(VolumeKeys.SIZE);
        } else {
            config.put(VolumeKeys.SIZE, size);
        }
        if (!config.equals(before)) {
            tx.volumeConfig().replace(id, config);
            Recovery.touch(tx, row);
        }
    }

    @Override
    public void after() {
        site.recovery().write(id);
    }
}
