package io.stowage.database;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The volumes. Lists and searches by name leave out what is being deleted. */
public final class VolumeTable {
    private final Handle handle;

    VolumeTable(Handle handle) {
        this.handle = handle;
    }

    public void insert(VolumeRow row) {
        handle.createUpdate("INSERT INTO volumes"
                        + " (id, pool, project, type, name, content, description, size, state, created_at) VALUES"
                        + " (:id, :pool, :project, :type, :name, :content, :description, :size, :state, :createdAt)")
                .bindMethods(row)
                .execute();
    }

    public Optional<VolumeRow> find(UUID pool, String project, String type, String name) {
        return handle.createQuery("SELECT * FROM volumes WHERE pool = :pool AND project = :project AND type = :type"
                        + " AND name = :name AND state <> 'DELETING'")
                .bind("pool", pool)
                .bind("project", project)
                .bind("type", type)
                .bind("name", name)
                .mapTo(VolumeRow.class)
                .findOne();
    }

    /** By id, also while it is being deleted. */
    public Optional<VolumeRow> find(UUID id) {
        return handle.createQuery("SELECT * FROM volumes WHERE id = :id")
                .bind("id", id)
                .mapTo(VolumeRow.class)
                .findOne();
    }

    /** By project, type and name. */
    public List<VolumeRow> list(UUID pool) {
        return handle.createQuery("SELECT * FROM volumes WHERE pool = :pool AND state <> 'DELETING'"
                        + " ORDER BY project, type, name")
                .bind("pool", pool)
                .mapTo(VolumeRow.class)
                .list();
    }

    /** What all volumes of a pool are configured with. */
    public Map<UUID, Map<String, String>> configs(UUID pool) {
        return new Settings(handle, "volume_config").of("SELECT id FROM volumes WHERE pool = :scope", pool);
    }

    /** Every row of a pool, in whatever state. */
    public List<VolumeRow> everything(UUID pool) {
        return handle.createQuery("SELECT * FROM volumes WHERE pool = :pool ORDER BY id")
                .bind("pool", pool)
                .mapTo(VolumeRow.class)
                .list();
    }

    /** Whether a project has volumes, in whatever state. */
    public boolean existsIn(String project) {
        return handle.createQuery("SELECT COUNT(*) FROM volumes WHERE project = :project")
                        .bind("project", project)
                        .mapTo(long.class)
                        .one()
                > 0;
    }

    /** What the volumes of a project have together, in bytes, by pool; without what is being deleted. */
    public Map<UUID, Long> bytesByPool(String project) {
        Map<UUID, Long> found = new HashMap<>();
        handle.createQuery("SELECT pool, SUM(size) AS bytes FROM volumes"
                        + " WHERE project = :project AND state <> 'DELETING' GROUP BY pool")
                .bind("project", project)
                .map((row, context) -> found.put(UUID.fromString(row.getString("pool")), row.getLong("bytes")))
                .list();
        return found;
    }

    public void rename(UUID id, String name) {
        handle.createUpdate("UPDATE volumes SET name = :name WHERE id = :id")
                .bind("id", id)
                .bind("name", name)
                .execute();
    }

    /** Gives it another project of its pool, and a name there. */
    public void move(UUID id, String project, String name) {
        handle.createUpdate("UPDATE volumes SET project = :project, name = :name WHERE id = :id")
                .bind("id", id)
                .bind("project", project)
                .bind("name", name)
                .execute();
    }

    public void describe(UUID id, String description) {
        handle.createUpdate("UPDATE volumes SET description = :description WHERE id = :id")
                .bind("id", id)
                .bind("description", description)
                .execute();
    }

    /** @param size bytes on the array */
    public void resize(UUID id, long size) {
        handle.createUpdate("UPDATE volumes SET size = :size WHERE id = :id")
                .bind("id", id)
                .bind("size", size)
                .execute();
    }

    public void settle(UUID id, RowState state) {
        handle.createUpdate("UPDATE volumes SET state = :state WHERE id = :id")
                .bind("id", id)
                .bind("state", state)
                .execute();
    }

    public void delete(UUID id) {
        handle.createUpdate("DELETE FROM volumes WHERE id = :id").bind("id", id).execute();
    }
}
