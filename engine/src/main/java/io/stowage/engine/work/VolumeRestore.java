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
            volume.noteSize(sizeAfter(volume));
        });
        VolumeAtHand volume = VolumeAtHand.of(site, id);
        if (keepsSize(volume) && volume.hasFiles()) {
            steps.once(
                    "let the file system be as large as the volume",
                    () -> new Resizing(site, volume)
                            .fillDevice(new ByteSize(volume.row().size())));
        }
    }

    private long sizeOfSnapshot() {
        return site.database().read(tx -> Catalog.snapshot(tx, snapshot)).size();
    }

    private long sizeAfter(VolumeAtHand volume) {
        return keepsSize(volume) ? volume.row().size() : sizeOfSnapshot();
    }

    /** Whether the volume has grown since, and can't shrink again. */
    private boolean keepsSize(VolumeAtHand volume) {
        return !volume.pool().capabilities().shrinks() && volume.row().size() > sizeOfSnapshot();
    }

    @Override
    public Volume done(Transaction tx) {
        VolumeRow row = Catalog.volume(tx, id);
        if (row.size() == Catalog.snapshot(tx, snapshot).size()) {
            takeSizeOfSnapshot(tx, row);
        }
        return Catalog.show(tx, row);
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
        if (restored) {
            volume.noteSize(size);
        }
    }

    @Override
    public void undone(Transaction tx) {
        if (restored) {
            takeSizeOfSnapshot(tx, Catalog.volume(tx, id));
        }
    }

    /** The array's size is the snapshot's again, so the record's has to be. */
    private void takeSizeOfSnapshot(Transaction tx, VolumeRow row) {
        Map<String, String> before = tx.volumeConfig().get(id);
        Map<String, String> config = new HashMap<>(before);
        String size = tx.snapshotConfig().get(snapshot).getOrDefault(VolumeKeys.SIZE, "");
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
