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
            volume.noteSize(volume.array()
                    .restore(Catalog.ref(volume.row(), snapshot))
                    .size()
                    .bytes());
        });
    }

    @Override
    public Volume done(Transaction tx) {
        // The array's size is the snapshot's again, so the record's has to be.
        Map<String, String> config = new HashMap<>(tx.volumeConfig().get(id));
        String size = tx.snapshotConfig().get(snapshot).getOrDefault(VolumeKeys.SIZE, "");
        if (size.isEmpty()) {
            config.remove(VolumeKeys.SIZE);
        } else {
            config.put(VolumeKeys.SIZE, size);
        }
        tx.volumeConfig().replace(id, config);
        VolumeRow row = Catalog.volume(tx, id);
        Recovery.touch(tx, row);
        return Catalog.show(tx, row);
    }

    @Override
    public void after() {
        site.recovery().write(id);
    }
}
