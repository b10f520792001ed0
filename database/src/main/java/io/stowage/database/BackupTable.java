package io.stowage.database;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The backups, and which snapshots they need. Lists and searches by name leave out what is being deleted. */
public final class BackupTable {
    private final Handle handle;

    BackupTable(Handle handle) {
        this.handle = handle;
    }

    /** @param snapshots names by id, oldest first */
    public void insert(BackupRow row, Map<UUID, String> snapshots) {
        handle.createUpdate(
                        "INSERT INTO backups"
                                + " (id, volume, name, volume_only, compression, contents, size, state, created_at, expires_at) VALUES"
                                + " (:id, :volume, :name, :volumeOnly, :compression, :contents, :size, :state, :createdAt, :expiresAt)")
                .bindMethods(row)
                .execute();
        int position = 0;
        for (Map.Entry<UUID, String> snapshot : snapshots.entrySet()) {
            handle.createUpdate("INSERT INTO backup_snapshots (backup, position, snapshot, name)"
                            + " VALUES (:backup, :position, :snapshot, :name)")
                    .bind("backup", row.id())
                    .bind("position", position++)
                    .bind("snapshot", snapshot.getKey())
                    .bind("name", snapshot.getValue())
                    .execute();
        }
    }

    public Optional<BackupRow> find(UUID volume, String name) {
        return handle.createQuery(
                        "SELECT * FROM backups WHERE volume = :volume AND name = :name AND state <> 'DELETING'")
                .bind("volume", volume)
                .bind("name", name)
                .mapTo(BackupRow.class)
                .findOne();
    }

    /** By id, also while it is being deleted. */
    public Optional<BackupRow> find(UUID id) {
        return handle.createQuery("SELECT * FROM backups WHERE id = :id")
                .bind("id", id)
                .mapTo(BackupRow.class)
                .findOne();
    }

    /** Oldest first. */
    public List<BackupRow> list(UUID volume) {
        return handle.createQuery("SELECT * FROM backups WHERE volume = :volume AND state <> 'DELETING'"
                        + " ORDER BY created_at, name")
                .bind("volume", volume)
                .mapTo(BackupRow.class)
                .list();
    }

    /** Those that are whole and whose time is over. */
    public List<BackupRow> expired(Instant now) {
        return handle.createQuery(
                        "SELECT * FROM backups WHERE state = 'READY' AND expires_at <= :now ORDER BY expires_at")
                .bind("now", now)
                .mapTo(BackupRow.class)
                .list();
    }

    /** The snapshots of a backup, names by id, oldest first. */
    public Map<UUID, String> snapshots(UUID backup) {
        Map<UUID, String> names = new LinkedHashMap<>();
        handle.createQuery("SELECT snapshot, name FROM backup_snapshots WHERE backup = :backup ORDER BY position")
                .bind("backup", backup)
                .map((row, context) -> Map.entry(UUID.fromString(row.getString("snapshot")), row.getString("name")))
                .forEach(entry -> names.put(entry.getKey(), entry.getValue()));
        return names;
    }

    /** Names of the backups that need a snapshot. */
    public List<String> needing(UUID snapshot) {
        return handle.createQuery("SELECT backups.name FROM backups JOIN backup_snapshots"
                        + " ON backup_snapshots.backup = backups.id"
                        + " WHERE backup_snapshots.snapshot = :snapshot AND backups.state <> 'DELETING'"
                        + " ORDER BY backups.name")
                .bind("snapshot", snapshot)
                .mapTo(String.class)
                .list();
    }

    public void resize(UUID id, long bytes) {
        handle.createUpdate("UPDATE backups SET size = :size WHERE id = :id")
                .bind("id", id)
                .bind("size", bytes)
                .execute();
    }

    public void rename(UUID id, String name) {
        handle.createUpdate("UPDATE backups SET name = :name WHERE id = :id")
                .bind("id", id)
                .bind("name", name)
                .execute();
    }

    public void settle(UUID id, RowState state) {
        handle.createUpdate("UPDATE backups SET state = :state WHERE id = :id")
                .bind("id", id)
                .bind("state", state)
                .execute();
    }

    public void delete(UUID id) {
        handle.createUpdate("DELETE FROM backups WHERE id = :id").bind("id", id).execute();
    }
}
