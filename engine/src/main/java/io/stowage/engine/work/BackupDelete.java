package io.stowage.engine.work;

import io.stowage.database.BackupRow;
import io.stowage.database.RowState;
import io.stowage.database.Transaction;
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

/** Deletes a backup whose row says {@code DELETING}, and what it holds on the array. Once begun it is finished. */
final class BackupDelete implements Work<@Nullable Void> {
    private final Site site;
    private final Entry entry;
    private final UUID volume;
    private final UUID id;

    BackupDelete(Site site, Entry entry) {
        this.site = site;
        this.entry = entry;
        this.volume = entry.uuid("volume");
        this.id = entry.uuid("id");
    }

    /** @throws Refused IN_USE; LOCKED, NOT_FOUND while its volume is being moved or deleted, and the backup with it */
    static BackupDelete intend(Site site, Transaction tx, BackupRow row) {
        VolumeName volume = Catalog.name(tx, Catalog.volume(tx, row.volume()));
        Catalog.readyVolume(tx, volume);
        if (Reading.isRead(tx, row.volume(), row.id())) {
            throw Refused.inUse("The backup \"" + row.name() + "\" is being read");
        }
        tx.backups().settle(row.id(), RowState.DELETING);
        return new BackupDelete(
                site,
                Entry.ofVolume(
                        OperationKind.BACKUP_DELETE,
                        volume,
                        Map.of(
                                "volume",
                                row.volume().toString(),
                                "id",
                                row.id().toString(),
                                BackupRequests.METADATA,
                                row.name())));
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
        steps.once("let go of what the volume was", () -> {
            VolumeAtHand at = VolumeAtHand.of(site, volume);
            at.array().deleteSnapshot(Catalog.ref(at.row(), id));
        });
    }

    @Override
    @SuppressWarnings("NullAway") // it does not follow @Nullable in type arguments
    public @Nullable Void done(Transaction tx) {
        tx.backups().delete(id);
        return null;
    }

    @Override
    public Map<String, String> metadata(@Nullable Void result) {
        return Map.of(BackupRequests.METADATA, entry.text(BackupRequests.METADATA));
    }

    @Override
    public void undone(Transaction tx) {
        BackupRow row = tx.backups().find(id).orElseThrow();
        if (tx.backups().find(volume, row.name()).isPresent()) {
            tx.backups().rename(id, row.name() + "-" + id.toString().substring(0, 8));
        }
        tx.backups().settle(id, RowState.READY);
    }

    @Override
    public boolean goesOn() {
        return true;
    }
}
