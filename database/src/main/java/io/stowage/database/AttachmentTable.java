package io.stowage.database;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The attachments, oldest first, in whatever state. */
public final class AttachmentTable {
    private final Handle handle;

    AttachmentTable(Handle handle) {
        this.handle = handle;
    }

    public void insert(AttachmentRow row) {
        handle.createUpdate("INSERT INTO attachments"
                        + " (id, volume, snapshot, member, kind, path, read_only, state, created_at) VALUES"
                        + " (:id, :volume, :snapshot, :member, :kind, :path, :readOnly, :state, :createdAt)")
                .bindMethods(row)
                .execute();
    }

    public Optional<AttachmentRow> find(UUID id) {
        return handle.createQuery("SELECT * FROM attachments WHERE id = :id")
                .bind("id", id)
                .mapTo(AttachmentRow.class)
                .findOne();
    }

    public List<AttachmentRow> list() {
        return handle.createQuery("SELECT * FROM attachments ORDER BY created_at, id")
                .mapTo(AttachmentRow.class)
                .list();
    }

    /** Of a volume and its snapshots. */
    public List<AttachmentRow> list(UUID volume) {
        return handle.createQuery("SELECT * FROM attachments WHERE volume = :volume ORDER BY created_at, id")
                .bind("volume", volume)
                .mapTo(AttachmentRow.class)
                .list();
    }

    /** Of all volumes of a pool, and their snapshots. */
    public List<AttachmentRow> listPool(UUID pool) {
        return handle.createQuery(
                        "SELECT attachments.* FROM attachments JOIN volumes ON volumes.id = attachments.volume"
                                + " WHERE volumes.pool = :pool ORDER BY attachments.created_at, attachments.id")
                .bind("pool", pool)
                .mapTo(AttachmentRow.class)
                .list();
    }

    public List<AttachmentRow> listMember(UUID member) {
        return handle.createQuery("SELECT * FROM attachments WHERE member = :member ORDER BY created_at, id")
                .bind("member", member)
                .mapTo(AttachmentRow.class)
                .list();
    }

    public void move(UUID id, String path) {
        handle.createUpdate("UPDATE attachments SET path = :path WHERE id = :id")
                .bind("id", id)
                .bind("path", path)
                .execute();
    }

    public void settle(UUID id, RowState state) {
        handle.createUpdate("UPDATE attachments SET state = :state WHERE id = :id")
                .bind("id", id)
                .bind("state", state)
                .execute();
    }

    public void delete(UUID id) {
        handle.createUpdate("DELETE FROM attachments WHERE id = :id")
                .bind("id", id)
                .execute();
    }
}
