package io.stowage.engine.work;

import io.stowage.database.RowState;
import io.stowage.database.SnapshotRow;
import io.stowage.database.Transaction;
import io.stowage.engine.OperationKind;
import io.stowage.engine.Snapshot;
import io.stowage.engine.SnapshotName;
import io.stowage.engine.journal.Entry;
import io.stowage.engine.journal.Steps;
import io.stowage.engine.journal.Work;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Makes the snapshot of a row that says {@code CREATING}; a mounted file system stands still meanwhile. */
final class SnapshotCreate implements Work<Snapshot> {
    private final Site site;
    private final Entry entry;
    private final UUID volume;
    private final UUID id;

    SnapshotCreate(Site site, Entry entry) {
        this.site = site;
        this.entry = entry;
        this.volume = entry.uuid("volume");
        this.id = entry.uuid("id");
    }

    static SnapshotCreate of(Site site, SnapshotName name, SnapshotRow row) {
        return new SnapshotCreate(
                site,
                Entry.ofSnapshot(
                        OperationKind.SNAPSHOT_CREATE,
                        name,
                        Map.of("volume", row.volume().toString(), "id", row.id().toString())));
    }

    @Override
    public Entry entry() {
        return entry;
    }

    @Override
    public List<String> locks() {
        return List.of(Catalog.lock(volume));
    }

    @Override
    public void run(Steps steps) {
        steps.once("make the snapshot on the array", () -> {
            VolumeAtHand at = VolumeAtHand.of(site, volume);
            describe(at);
            site.recovery()
                    .make(id, record -> at.atRest(() -> at.array().createSnapshot(Catalog.ref(at.row(), id), record)));
        });
    }

    /** What was accepted before this may have changed the volume since. */
    private void describe(VolumeAtHand at) {
        boolean same = site.database()
                .read(tx -> Catalog.snapshot(tx, id).size() == at.row().size()
                        && tx.snapshotConfig().get(id).equals(at.config()));
        if (same) {
            return;
        }
        site.database().write(tx -> {
            tx.snapshots().resize(id, at.row().size());
            tx.snapshotConfig().replace(id, at.config());
            return id;
        });
    }

    @Override
    public Snapshot done(Transaction tx) {
        tx.snapshots().settle(id, RowState.READY);
        return Catalog.show(tx, Catalog.snapshot(tx, id));
    }

    @Override
    public void failing(Transaction tx) {
        tx.snapshots().settle(id, RowState.DELETING);
    }

    @Override
    public void undo() {
        VolumeAtHand at = VolumeAtHand.of(site, volume);
        at.array().deleteSnapshot(Catalog.ref(at.row(), id));
    }

    @Override
    public void undone(Transaction tx) {
        tx.recovery().forget(id);
        tx.snapshots().delete(id);
    }

    @Override
    public boolean mayCancel() {
        return true;
    }
}
