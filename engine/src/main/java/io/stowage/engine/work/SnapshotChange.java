package io.stowage.engine.work;

import io.stowage.database.SnapshotRow;
import io.stowage.database.Transaction;
import io.stowage.engine.Operation;
import io.stowage.engine.OperationKind;
import io.stowage.engine.Refused;
import io.stowage.engine.Snapshot;
import io.stowage.engine.SnapshotDetails;
import io.stowage.engine.SnapshotName;
import io.stowage.engine.journal.Entry;
import io.stowage.engine.journal.Steps;
import io.stowage.engine.journal.Work;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Changes what only the database knows about a snapshot: name, description, expiry. */
final class SnapshotChange implements Work<Snapshot> {
    private static final String NAME = "name";
    private static final String DESCRIPTION = "description";
    private static final String EXPIRES = "expires";
    private static final String NEVER = "";

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

    /** Only what differs is kept: what was accepted before may change the rest. */
    static SnapshotChange update(Site site, SnapshotName name, SnapshotRow row, SnapshotDetails wanted) {
        Map<String, String> input = input(row);
        if (!wanted.description().equals(row.description())) {
            input.put(DESCRIPTION, wanted.description());
        }
        OffsetDateTime expiresAt = wanted.expiresAt();
        if (!Objects.equals(expiresAt, row.expiry())) {
            input.put(EXPIRES, expiresAt == null ? NEVER : expiresAt.toString());
        }
        return new SnapshotChange(site, Entry.ofSnapshot(OperationKind.SNAPSHOT_UPDATE, name, input));
    }

    static SnapshotChange rename(Site site, SnapshotName name, SnapshotRow row, String newName) {
        Map<String, String> input = input(row);
        input.put(NAME, newName);
        return new SnapshotChange(site, Entry.ofSnapshot(OperationKind.SNAPSHOT_RENAME, name, input));
    }

    private static Map<String, String> input(SnapshotRow row) {
        Map<String, String> input = new HashMap<>();
        input.put("volume", row.volume().toString());
        input.put("id", row.id().toString());
        return input;
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
        String name = entry.input().getOrDefault(NAME, row.name());
        if (!name.equals(row.name())) {
            if (tx.snapshots().find(volume, name).isPresent()) {
                throw Refused.conflict("Snapshot \"" + name + "\" already in use");
            }
            tx.snapshots().rename(id, name);
        }
        tx.snapshots().update(id, entry.input().getOrDefault(DESCRIPTION, row.description()), expiresAt(row));
        Recovery.touch(tx, row);
        return Catalog.show(tx, Catalog.snapshot(tx, id));
    }

    private @Nullable OffsetDateTime expiresAt(SnapshotRow row) {
        String expires = entry.input().get(EXPIRES);
        if (expires == null) {
            return row.expiry();
        }
        return expires.equals(NEVER) ? null : OffsetDateTime.parse(expires);
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
