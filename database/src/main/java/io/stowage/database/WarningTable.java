package io.stowage.database;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** What the members warn of, oldest first. */
public final class WarningTable {
    private final Handle handle;

    WarningTable(Handle handle) {
        this.handle = handle;
    }

    public void insert(WarningRow row) {
        handle.createUpdate("INSERT INTO warnings (id, member, type, entity, status, message, count, first_seen_at,"
                        + " last_seen_at, updated_at) VALUES (:id, :member, :type, :entity, :status, :message, :count,"
                        + " :firstSeenAt, :lastSeenAt, :updatedAt)")
                .bindMethods(row)
                .execute();
    }

    public Optional<WarningRow> find(UUID id) {
        return handle.createQuery("SELECT * FROM warnings WHERE id = :id")
                .bind("id", id)
                .mapTo(WarningRow.class)
                .findOne();
    }

    public Optional<WarningRow> find(UUID member, String type, String entity) {
        return handle.createQuery("SELECT * FROM warnings WHERE member = :member AND type = :type AND entity = :entity")
                .bind("member", member)
                .bind("type", type)
                .bind("entity", entity)
                .mapTo(WarningRow.class)
                .findOne();
    }

    public List<WarningRow> list() {
        return handle.createQuery("SELECT * FROM warnings ORDER BY first_seen_at, id")
                .mapTo(WarningRow.class)
                .list();
    }

    public void update(WarningRow row) {
        handle.createUpdate("UPDATE warnings SET status = :status, message = :message, count = :count,"
                        + " last_seen_at = :lastSeenAt, updated_at = :updatedAt WHERE id = :id")
                .bindMethods(row)
                .execute();
    }

    public boolean delete(UUID id) {
        return handle.createUpdate("DELETE FROM warnings WHERE id = :id")
                        .bind("id", id)
                        .execute()
                == 1;
    }

    /** Forgets what was resolved before a time. */
    public void prune(Instant before) {
        handle.createUpdate("DELETE FROM warnings WHERE status = 'resolved' AND updated_at < :before")
                .bind("before", before)
                .execute();
    }
}
