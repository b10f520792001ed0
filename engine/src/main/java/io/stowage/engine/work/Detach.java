package io.stowage.engine.work;

import io.stowage.database.AttachmentRow;
import io.stowage.database.RowState;
import io.stowage.database.Transaction;
import io.stowage.engine.OperationKind;
import io.stowage.engine.VolumeName;
import io.stowage.engine.journal.Entry;
import io.stowage.engine.journal.Steps;
import io.stowage.engine.journal.Work;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Ends the attachment of a row that says {@code DELETING}; what is still busy stays as it was. */
final class Detach implements Work<@Nullable Void> {
    private final Site site;
    private final Entry entry;
    private final UUID volume;
    private final UUID id;

    Detach(Site site, Entry entry) {
        this.site = site;
        this.entry = entry;
        this.volume = entry.uuid("volume");
        this.id = entry.uuid("id");
    }

    static Detach of(Site site, VolumeName name, @Nullable String snapshot, AttachmentRow row) {
        return new Detach(site, Attach.entry(OperationKind.DETACH, name, snapshot, row));
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
        AttachmentWork.of(site, id).disconnect();
    }

    @Override
    @SuppressWarnings("NullAway") // it does not follow @Nullable in type arguments
    public @Nullable Void done(Transaction tx) {
        tx.attachments().delete(id);
        return null;
    }

    @Override
    public void undo() {
        AttachmentWork.of(site, id).bringBack();
    }

    @Override
    public void undone(Transaction tx) {
        tx.attachments().settle(id, RowState.READY);
    }

    @Override
    public boolean goesOn() {
        return true;
    }
}
