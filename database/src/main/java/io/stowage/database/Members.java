package io.stowage.database;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The server installations that share this database. */
public final class Members {
    private final Handle handle;

    Members(Handle handle) {
        this.handle = handle;
    }

    public Optional<MemberRow> find(UUID id) {
        return handle.createQuery("SELECT * FROM members WHERE id = :id")
                .bind("id", id)
                .mapTo(MemberRow.class)
                .findOne();
    }

    public List<MemberRow> list() {
        return handle.createQuery("SELECT * FROM members ORDER BY name")
                .mapTo(MemberRow.class)
                .list();
    }

    /** Notes a start of a member and begins its next epoch. */
    public MemberRow start(UUID id, String name, Instant now) {
        handle.createUpdate("INSERT INTO members (id, name, epoch, created_at) VALUES (:id, :name, 1, :now)"
                        + " ON CONFLICT (id) DO UPDATE SET epoch = members.epoch + 1, name = :name")
                .bind("id", id)
                .bind("name", name)
                .bind("now", now)
                .execute();
        return find(id).orElseThrow();
    }
}
