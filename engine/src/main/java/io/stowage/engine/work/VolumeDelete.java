package io.stowage.engine.work;

import io.stowage.database.RowState;
import io.stowage.database.SnapshotRow;
import io.stowage.database.Transaction;
import io.stowage.database.VolumeRow;
import io.stowage.engine.OperationKind;
import io.stowage.engine.Refused;
import io.stowage.engine.VolumeName;
import io.stowage.engine.journal.Entry;
import io.stowage.engine.journal.Steps;
import io.stowage.engine.journal.Work;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Deletes a volume with its snapshots, whose rows say {@code DELETING}. Once begun it is finished. */
final class VolumeDelete implements Work<@Nullable Void> {
    private final Site site;
    private final Entry entry;
    private final UUID id;

    VolumeDelete(Site site, Entry entry) {
        this.site = site;
        this.entry = entry;
        this.id = entry.uuid("id");
    }

    /** @throws Refused IN_USE */
    static VolumeDelete intend(Site site, Transaction tx, VolumeName name) {
        VolumeRow row = Catalog.readyVolume(tx, name);
        if (!tx.attachments().list(row.id()).isEmpty()
                || !tx.readings().list(row.id()).isEmpty()) {
            throw Refused.inUse("The storage volume is still in use");
        }
        tx.volumes().settle(row.id(), RowState.DELETING);
        return new VolumeDelete(
                site,
                Entry.ofVolume(
                        OperationKind.VOLUME_DELETE, name, Map.of("id", row.id().toString())));
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
        List<SnapshotRow> snapshots = site.database().read(tx -> tx.snapshots().everything(id));
        steps.once("disconnect and delete the volume", () -> {
            for (SnapshotRow snapshot : snapshots) {
                site.layout().removeMount(volume.name(), snapshot.name());
            }
            site.links().dropIfConnected(volume.pool(), volume.onArray());
            volume.array().deleteVolume(volume.onArray());
            site.layout().removeMount(volume.name(), null);
        });
    }

    @Override
    @SuppressWarnings("NullAway") // it does not follow @Nullable in type arguments
    public @Nullable Void done(Transaction tx) {
        VolumeCreate.forget(tx, Catalog.volume(tx, id));
        return null;
    }

    @Override
    public void undone(Transaction tx) {
        // The array refused: the volume is still there, and shown again unless its name was taken meanwhile.
        VolumeRow row = Catalog.volume(tx, id);
        boolean free = tx.volumes()
                .find(row.pool(), row.project(), row.type(), row.name())
                .isEmpty();
        if (!free) {
            tx.volumes().rename(id, row.name() + "-" + id.toString().substring(0, 8));
        }
        tx.volumes().settle(id, RowState.READY);
        Recovery.touch(tx, row);
    }

    @Override
    public boolean goesOn() {
        return true;
    }
}
