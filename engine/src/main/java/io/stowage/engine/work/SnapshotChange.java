package io.stowage.engine.work;

import io.stowage.database.SnapshotRow;
import io.stowage.database.Transaction;
import io.stowage.engine.Operation;
import io.stowage.engine.OperationKind;
import io.stowage.engine.Refused;
import io.stowage.engine.Snapshot;
import io.stowage.engine.SnapshotName;
import io.stowage.engine.journal.Entry;
import io.stowage.engine.journal.Steps;
import io.stowage.engine.journal.Work;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Changes what only the database knows about a snapshot: name, description, expiry. */
final class SnapshotChange implements Work<Snapshot> {
    private final Site site;
    private final Entry entry;
    private final UUID volume;
    private final UUID id;

    SnapshotChange(Site site, Entry entry) {
        this.site = site;
        this.entry = entry;
        this.volume = entry.uuid("volume");
        this.id = entry.uuid("id");
    }

    static SnapshotChange of(
            Site site,
            OperationKind kind,
            SnapshotName name,
            SnapshotRow row,
            String newName,
            String description,
            @Nullable OffsetDateTime expiresAt) {
        Map<String, String> input = Map.of(
                "volume",
                row.volume().toString(),
                "id",
                row.id().toString(),
                "name",
                newName,
                "description",
                description,
                "expires",
                expiresAt == null ? "" : expiresAt.toString());
        return new SnapshotChange(site, Entry.ofSnapshot(kind, name, input));
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
        if (entry.kind() == OperationKind.SNAPSHOT_RENAME) {
            VolumeAtHand at = VolumeAtHand.of(site, volume);
            String name = site.database().read(tx -> Catalog.snapshot(tx, id)).name();
            site.layout().removeMount(at.name(), name);
        }
    }

    @Override
    public Snapshot done(Transaction tx) {
        SnapshotRow row = Catalog.snapshot(tx, id);
        String name = entry.text("name");
        if (!name.equals(row.name())) {
            if (tx.snapshots().find(volume, name).isPresent()) {
                throw Refused.conflict("Snapshot \"" + name + "\" already in use");
            }
            tx.snapshots().rename(id, name);
        }
        String expires = entry.text("expires");
        tx.snapshots().update(id, entry.text("description"), expires.isEmpty() ? null : OffsetDateTime.parse(expires));
        Recovery.touch(tx, row);
        return Catalog.show(tx, Catalog.snapshot(tx, id));
    }

    @Override
    public Map<String, String> metadata(Snapshot result) {
        return entry.kind() == OperationKind.SNAPSHOT_RENAME
                ? Map.of(
                        Operation.OLD_NAME,
                        Objects.requireNonNull(entry.snapshot()).name(),
                        Operation.NEW_NAME,
                        result.name().name())
                : Map.of();
    }

    @Override
    public void after() {
        site.recovery().write(id);
    }
}
