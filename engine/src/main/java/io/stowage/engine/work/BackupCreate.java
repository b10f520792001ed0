package io.stowage.engine.work;

import io.stowage.database.BackupRow;
import io.stowage.database.RowState;
import io.stowage.database.Transaction;
import io.stowage.database.VolumeRow;
import io.stowage.driver.RecoveryRecord;
import io.stowage.engine.Backup;
import io.stowage.engine.OperationKind;
import io.stowage.engine.VolumeName;
import io.stowage.engine.journal.Entry;
import io.stowage.engine.journal.Steps;
import io.stowage.engine.journal.Work;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Holds what a volume is now for the backup of a row that says {@code CREATING}; a mounted file system stands still. */
final class BackupCreate implements Work<Backup> {
    private final Site site;
    private final Entry entry;
    private final UUID volume;
    private final UUID id;

    BackupCreate(Site site, Entry entry) {
        this.site = site;
        this.entry = entry;
        this.volume = entry.uuid("volume");
        this.id = entry.uuid("id");
    }

    static BackupCreate of(Site site, VolumeName name, BackupRow row) {
        return new BackupCreate(
                site,
                Entry.ofVolume(
                        OperationKind.BACKUP_CREATE,
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
        steps.once("hold what the volume is", () -> {
            VolumeAtHand at = VolumeAtHand.of(site, volume);
            BackupRow row = site.database().read(tx -> tx.backups().find(id)).orElseThrow();
            at.atRest(() -> at.array().createSnapshot(Catalog.ref(at.row(), id), record(at.row(), row)));
        });
    }

    /** Says on the array what the snapshot is for. */
    private static RecoveryRecord record(VolumeRow volume, BackupRow row) {
        return new RecoveryRecord(
                "backup",
                volume.project(),
                row.name(),
                "",
                volume.type(),
                volume.content(),
                row.createdAt(),
                Optional.ofNullable(row.expiresAt()),
                Map.of());
    }

    @Override
    public Backup done(Transaction tx) {
        // Work that came before this may have changed the size since it was asked for.
        tx.backups().resize(id, Catalog.volume(tx, volume).size());
        tx.backups().settle(id, RowState.READY);
        return BackupRequests.show(tx, tx.backups().find(id).orElseThrow());
    }

    @Override
    public Map<String, String> metadata(Backup result) {
        return BackupRequests.metadata(result);
    }

    @Override
    public void failing(Transaction tx) {
        tx.backups().settle(id, RowState.DELETING);
    }

    @Override
    public void undo() {
        VolumeAtHand at = VolumeAtHand.of(site, volume);
        at.array().deleteSnapshot(Catalog.ref(at.row(), id));
    }

    @Override
    public void undone(Transaction tx) {
        tx.backups().delete(id);
    }

    @Override
    public boolean mayCancel() {
        return true;
    }
}
