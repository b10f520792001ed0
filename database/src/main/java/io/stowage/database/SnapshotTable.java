package io.stowage.database;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The snapshots. Lists and searches by name leave out what is being deleted. */
public final class SnapshotTable {
    private static final Instant BEFORE_ALL = Instant.parse("0000-01-01T00:00:00Z");

    private final Handle handle;

    SnapshotTable(Handle handle) {
        this.handle = handle;
    }

    public void insert(SnapshotRow row) {
        handle.createUpdate("INSERT INTO snapshots"
                        + " (id, volume, name, description, size, state, created_at, expires_at, expires_offset) VALUES"
                        + " (:id, :volume, :name, :description, :size, :state, :createdAt, :expiresAt, :expiresOffset)")
                .bindMethods(row)
                .execute();
    }

    public Optional<SnapshotRow> find(UUID volume, String name) {
        return handle.createQuery(
                        "SELECT * FROM snapshots WHERE volume = :volume AND name = :name AND state <> 'DELETING'")
                .bind("volume", volume)
                .bind("name", name)
                .mapTo(SnapshotRow.class)
                .findOne();
    }

    /** By id, also while it is being deleted. */
    public Optional<SnapshotRow> find(UUID id) {
        return handle.createQuery("SELECT * FROM snapshots WHERE id = :id")
                .bind("id", id)
                .mapTo(SnapshotRow.class)
                .findOne();
    }

    /** Oldest first. */
    public List<SnapshotRow> list(UUID volume) {
        return handle.createQuery("SELECT * FROM snapshots WHERE volume = :volume AND state <> 'DELETING'"
                        + " ORDER BY created_at, name")
                .bind("volume", volume)
                .mapTo(SnapshotRow.class)
                .list();
    }

    /** Of all volumes of a pool, oldest first. */
    public List<SnapshotRow> listPool(UUID pool) {
        return handle.createQuery("SELECT snapshots.* FROM snapshots JOIN volumes ON volumes.id = snapshots.volume"
                        + " WHERE volumes.pool = :pool AND volumes.state <> 'DELETING'"
                        + " AND snapshots.state <> 'DELETING'"
                        + " ORDER BY snapshots.created_at, snapshots.name")
                .bind("pool", pool)
                .mapTo(SnapshotRow.class)
                .list();
    }

    /** What all snapshots of a pool were configured with. */
    public Map<UUID, Map<String, String>> poolConfigs(UUID pool) {
        return configs()
                .of(
                        "SELECT snapshots.id FROM snapshots JOIN volumes ON volumes.id = snapshots.volume"
                                + " WHERE volumes.pool = :scope",
                        pool);
    }

    /** What the snapshots of a volume were configured with. */
    public Map<UUID, Map<String, String>> configs(UUID volume) {
        return configs().of("SELECT id FROM snapshots WHERE volume = :scope", volume);
    }

    private Settings configs() {
        return new Settings(handle, "snapshot_config");
    }

    /** Every row of a volume, in whatever state. */
    public List<SnapshotRow> everything(UUID volume) {
        return handle.createQuery("SELECT * FROM snapshots WHERE volume = :volume ORDER BY created_at, name")
                .bind("volume", volume)
                .mapTo(SnapshotRow.class)
                .list();
    }

    /** Pools with snapshots whose time is over. */
    public List<UUID> poolsExpired(Instant now) {
        return handle.createQuery("SELECT DISTINCT volumes.pool FROM snapshots"
                        + " JOIN volumes ON volumes.id = snapshots.volume"
                        + " WHERE snapshots.expires_at <= :now AND snapshots.state = 'READY'"
                        + " AND volumes.state = 'READY'")
                .bind("now", now)
                .mapTo(UUID.class)
                .list();
    }

    /**
     * Snapshots of a pool whose time is over, those first that are longest.
     *
     * @param after the last one that was looked at; empty for the first page
     */
    public List<SnapshotRow> expired(UUID pool, Instant now, Optional<SnapshotRow> after, int limit) {
        return handle.createQuery("SELECT snapshots.* FROM snapshots JOIN volumes ON volumes.id = snapshots.volume"
                        + " WHERE snapshots.expires_at <= :now AND snapshots.state = 'READY'"
                        + " AND volumes.pool = :pool AND volumes.state = 'READY'"
                        + " AND (snapshots.expires_at > :time OR (snapshots.expires_at = :time AND snapshots.id > :id))"
                        + " ORDER BY snapshots.expires_at, snapshots.id LIMIT :limit")
                .bind("pool", pool)
                .bind("now", now)
                .bind("time", after.map(SnapshotRow::expiresAt).orElse(BEFORE_ALL))
                .bind("id", after.map(row -> row.id().toString()).orElse(""))
                .bind("limit", limit)
                .mapTo(SnapshotRow.class)
                .list();
    }

    public void rename(UUID id, String name) {
        handle.createUpdate("UPDATE snapshots SET name = :name WHERE id = :id")
                .bind("id", id)
                .bind("name", name)
                .execute();
    }

    /** @param expiry null: never */
    public void update(UUID id, String description, @Nullable OffsetDateTime expiry) {
        handle.createUpdate("UPDATE snapshots SET description = :description, expires_at = :expiresAt,"
                        + " expires_offset = :expiresOffset WHERE id = :id")
                .bind("id", id)
                .bind("description", description)
                .bindByType("expiresAt", expiry == null ? null : expiry.toInstant(), Instant.class)
                .bind("expiresOffset", expiry == null ? 0 : expiry.getOffset().getTotalSeconds())
                .execute();
    }

    /** @param bytes size on the array */
    public void resize(UUID id, long bytes) {
        handle.createUpdate("UPDATE snapshots SET size = :bytes WHERE id = :id")
                .bind("id", id)
                .bind("bytes", bytes)
                .execute();
    }

    public void settle(UUID id, RowState state) {
        handle.createUpdate("UPDATE snapshots SET state = :state WHERE id = :id")
                .bind("id", id)
                .bind("state", state)
                .execute();
    }

    public void delete(UUID id) {
        handle.createUpdate("DELETE FROM snapshots WHERE id = :id")
                .bind("id", id)
                .execute();
    }
}
