package io.stowage.engine.work;

import io.stowage.database.AttachmentRow;
import io.stowage.database.RowState;
import io.stowage.database.Transaction;
import io.stowage.engine.Attachment;
import io.stowage.engine.OperationKind;
import io.stowage.engine.SnapshotName;
import io.stowage.engine.VolumeName;
import io.stowage.engine.journal.Entry;
import io.stowage.engine.journal.Steps;
import io.stowage.engine.journal.Work;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes the attachment of a row that says {@code CREATING}. Nobody waits for it after a restart: then it is undone. */
final class Attach implements Work<Attachment> {
    private final Site site;
    private final Entry entry;
    private final UUID volume;
    private final UUID id;

    Attach(Site site, Entry entry) {
        this.site = site;
        this.entry = entry;
        this.volume = entry.uuid("volume");
        this.id = entry.uuid("id");
    }

    static Attach of(Site site, VolumeName name, @Nullable String snapshot, AttachmentRow row) {
        return new Attach(site, entry(OperationKind.ATTACH, name, snapshot, row));
    }

    static Entry entry(OperationKind kind, VolumeName name, @Nullable String snapshot, AttachmentRow row) {
        Map<String, String> input =
                Map.of("volume", row.volume().toString(), "id", row.id().toString());
        return snapshot == null
                ? Entry.ofVolume(kind, name, input)
                : Entry.ofSnapshot(kind, new SnapshotName(name, snapshot), input);
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
        steps.once("connect", () -> {
            @Nullable SnapshotName snapshot = entry.snapshot();
            AttachmentRequests.follow(
                    site, id, Objects.requireNonNull(entry.volume()), snapshot == null ? null : snapshot.name());
            AttachmentWork.of(site, id).connect();
        });
    }

    @Override
    public Attachment done(Transaction tx) {
        tx.attachments().settle(id, RowState.READY);
        return AttachmentRequests.show(site, tx, tx.attachments().find(id).orElseThrow());
    }

    @Override
    public Map<String, String> metadata(Attachment result) {
        Map<String, String> metadata = new HashMap<>();
        metadata.put("id", result.id().toString());
        metadata.put("device", result.device());
        if (result.path() != null) {
            metadata.put("path", result.path());
        }
        return metadata;
    }

    @Override
    public void undo() {
        AttachmentWork.of(site, id).disconnect();
    }

    @Override
    public void undone(Transaction tx) {
        tx.attachments().delete(id);
    }

    @Override
    public boolean mayCancel() {
        return true;
    }

    @Override
    public boolean survivesRestart() {
        return false;
    }
}
