package io.stowage.engine.work;

import io.stowage.database.RowState;
import io.stowage.database.SnapshotRow;
import io.stowage.database.Transaction;
import io.stowage.engine.OperationKind;
import io.stowage.engine.Refused;
import io.stowage.engine.SnapshotName;
import io.stowage.engine.journal.Entry;
import io.stowage.engine.journal.Steps;
import io.stowage.engine.journal.Work;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Deletes a snapshot whose row says {@code DELETING}. Once begun it is finished. */
final class SnapshotDelete implements Work<@Nullable Void> {
    private final Site site;
    private final Entry entry;
    private final UUID volume;
    private final UUID id;

    SnapshotDelete(Site site, Entry entry) {
        this.site = site;
        this.entry = entry;
        this.volume = entry.uuid("volume");
        this.id = entry.uuid("id");
    }

    /** @throws Refused IN_USE */
    static SnapshotDelete intend(Site site, Transaction tx, SnapshotName name) {
        SnapshotRow row = Catalog.readySnapshot(tx, name);
        refuseNeeded(tx, row);
        tx.snapshots().settle(row.id(), RowState.DELETING);
        return new SnapshotDelete(
                site,
                Entry.ofSnapshot(
                        OperationKind.SNAPSHOT_DELETE,
                        name,
                        Map.of("volume", row.volume().toString(), "id", row.id().toString())));
    }

    /** @throws Refused IN_USE while somebody uses it, or a backup is made of it */
    static void refuseNeeded(Transaction tx, SnapshotRow row) {
        if (!Catalog.uses(tx, row).isEmpty()) {
            throw Refused.inUse("The snapshot \"" + row.name() + "\" is still in use");
        }
        if (Reading.isRead(tx, row.volume(), row.id())) {
            throw Refused.inUse("The snapshot \"" + row.name() + "\" is being read");
        }
        List<String> backups = tx.backups().needing(row.id());
        if (!backups.isEmpty()) {
            throw Refused.inUse(
                    "The snapshot \"" + row.name() + "\" is needed by the backup \"" + backups.getFirst() + "\"");
        }
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
        VolumeAtHand at = VolumeAtHand.of(site, volume);
        String name = site.database().read(tx -> Catalog.snapshot(tx, id)).name();
        steps.once("delete the snapshot on the array", () -> {
            // It has no temporary volume: nothing attaches it, and what did has taken its own away.
            at.array().deleteSnapshot(Catalog.ref(at.row(), id));
            site.layout().removeMount(at.name(), name);
        });
    }

    @Override
    @SuppressWarnings("NullAway") // it does not follow @Nullable in type arguments
    public @Nullable Void done(Transaction tx) {
        tx.recovery().forget(id);
        tx.snapshots().delete(id);
        return null;
    }

    @Override
    public void undone(Transaction tx) {
        tx.snapshots().find(id).ifPresent(row -> {
            if (tx.snapshots().find(volume, row.name()).isPresent()) {
                tx.snapshots().rename(id, row.name() + "-" + id.toString().substring(0, 8));
            }
            tx.snapshots().settle(id, RowState.READY);
        });
    }

    @Override
    public boolean goesOn() {
        return true;
    }
}
