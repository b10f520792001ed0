package io.stowage.database;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The pools. Lists and searches by name leave out what is being deleted. */
public final class PoolTable {
    private final Handle handle;

    PoolTable(Handle handle) {
        this.handle = handle;
    }

    public void insert(PoolRow row) {
        handle.createUpdate("INSERT INTO pools (id, name, driver, description, state, created_at)"
                        + " VALUES (:id, :name, :driver, :description, :state, :createdAt)")
                .bindMethods(row)
                .execute();
    }

    public Optional<PoolRow> find(String name) {
        return handle.createQuery("SELECT * FROM pools WHERE name = :name AND state <> 'DELETING'")
                .bind("name", name)
                .mapTo(PoolRow.class)
                .findOne();
    }

    /** By id, also while it is being deleted. */
    public Optional<PoolRow> find(UUID id) {
        return handle.createQuery("SELECT * FROM pools WHERE id = :id")
                .bind("id", id)
                .mapTo(PoolRow.class)
                .findOne();
    }

    public List<PoolRow> list() {
        return handle.createQuery("SELECT * FROM pools WHERE state <> 'DELETING' ORDER BY name")
                .mapTo(PoolRow.class)
                .list();
    }

    public void describe(UUID id, String description) {
        handle.createUpdate("UPDATE pools SET description = :description WHERE id = :id")
                .bind("id", id)
                .bind("description", description)
                .execute();
    }

    public void settle(UUID id, RowState state) {
        handle.createUpdate("UPDATE pools SET state = :state WHERE id = :id")
                .bind("id", id)
                .bind("state", state)
                .execute();
    }

    public void delete(UUID id) {
        handle.createUpdate("DELETE FROM pools WHERE id = :id").bind("id", id).execute();
    }
}
