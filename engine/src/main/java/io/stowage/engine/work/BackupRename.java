package io.stowage.engine.work;

import io.stowage.database.BackupRow;
import io.stowage.database.Transaction;
import io.stowage.engine.Backup;
import io.stowage.engine.BackupName;
import io.stowage.engine.Operation;
import io.stowage.engine.OperationKind;
import io.stowage.engine.journal.Entry;
import io.stowage.engine.journal.Steps;
import io.stowage.engine.journal.Work;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Gives a backup another name, which only the database knows. */
final class BackupRename implements Work<Backup> {
    private final Entry entry;
    private final UUID volume;
    private final UUID id;

    BackupRename(Site site, Entry entry) {
        this.entry = entry;
        this.volume = entry.uuid("volume");
        this.id = entry.uuid("id");
    }

    static BackupRename of(Site site, BackupName name, BackupRow row, String newName) {
        return new BackupRename(
                site,
                Entry.ofVolume(
                        OperationKind.BACKUP_RENAME,
                        name.volume(),
                        Map.of(
                                "volume",
                                row.volume().toString(),
                                "id",
                                row.id().toString(),
                                "name",
                                newName,
                                "old",
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
    public void run(Steps steps) {}

    @Override
    public Backup done(Transaction tx) {
        tx.backups().rename(id, entry.text("name"));
        return BackupRequests.show(tx, tx.backups().find(id).orElseThrow());
    }

    @Override
    public Map<String, String> metadata(Backup result) {
        return Map.of(
                BackupRequests.METADATA,
                result.name().name(),
                Operation.OLD_NAME,
                entry.input().getOrDefault("old", ""));
    }
}
