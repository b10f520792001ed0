package io.stowage.engine.work;

import io.stowage.database.RowState;
import io.stowage.database.Transaction;
import io.stowage.database.VolumeRow;
import io.stowage.engine.OperationKind;
import io.stowage.engine.Volume;
import io.stowage.engine.VolumeName;
import io.stowage.engine.journal.Entry;
import io.stowage.engine.journal.Steps;
import io.stowage.engine.journal.Work;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Makes the empty volume of a row that says {@code CREATING}. */
final class VolumeCreate implements Work<Volume> {
    private final Site site;
    private final Entry entry;
    private final UUID id;

    VolumeCreate(Site site, Entry entry) {
        this.site = site;
        this.entry = entry;
        this.id = entry.uuid("id");
    }

    static VolumeCreate of(Site site, VolumeName name, UUID id) {
        return new VolumeCreate(site, Entry.ofVolume(OperationKind.VOLUME_CREATE, name, Map.of("id", id.toString())));
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
        VolumeAtHand volume = VolumeAtHand.of(site, id);
        steps.once("make the volume on the array", volume::create);
        if (volume.hasFiles()) {
            steps.once(
                    "make its file system",
                    () -> volume.withDevice(device -> site.files().make(device, volume.fileSystem())));
        }
    }

    @Override
    public Volume done(Transaction tx) {
        tx.volumes().settle(id, RowState.READY);
        return Catalog.show(tx, Catalog.volume(tx, id));
    }

    @Override
    public void failing(Transaction tx) {
        tx.volumes().settle(id, RowState.DELETING);
    }

    @Override
    public void undo() {
        takeBack(site, id);
    }

    @Override
    public void undone(Transaction tx) {
        forget(tx, Catalog.volume(tx, id));
    }

    @Override
    public boolean mayCancel() {
        return true;
    }

    /** Takes a volume away that is not finished, and this host's device of it. */
    static void takeBack(Site site, UUID id) {
        VolumeAtHand volume = VolumeAtHand.of(site, id);
        site.links().drop(volume.pool(), volume.onArray());
        volume.array().deleteVolume(volume.onArray());
    }

    /** Removes the rows of a volume that the array has not any more. */
    static void forget(Transaction tx, VolumeRow row) {
        tx.snapshots().everything(row.id()).forEach(snapshot -> {
            tx.recovery().forget(snapshot.id());
            tx.snapshots().delete(snapshot.id());
        });
        tx.recovery().forget(row.id());
        tx.volumes().delete(row.id());
    }
}
