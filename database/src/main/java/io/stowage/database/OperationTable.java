package io.stowage.database;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The journal. Writes to an entry are conditional on the epoch of who claimed it. */
public final class OperationTable {
    private static final String UNSETTLED = "state IN ('PLANNED', 'RUNNING', 'UNDOING')";

    private final Handle handle;

    OperationTable(Handle handle) {
        this.handle = handle;
    }

    public void insert(OperationRow row) {
        handle.createUpdate(
                        "INSERT INTO operations (id, kind, member, epoch, lease, state, step, version, pool, project,"
                                + " volume, snapshot, progress, may_cancel, error_kind, error, created_at, updated_at,"
                                + " requestor_name, requestor_protocol, requestor_address) VALUES"
                                + " (:id, :kind, :member, :epoch, :lease, :state, :step, :version, :pool, :project,"
                                + " :volume, :snapshot, :progress, :mayCancel, :errorKind, :error, :createdAt, :updatedAt,"
                                + " :requestorName, :requestorProtocol, :requestorAddress)")
                .bindMethods(row)
                .execute();
    }

    public Optional<OperationRow> find(UUID id) {
        return handle.createQuery("SELECT * FROM operations WHERE id = :id")
                .bind("id", id)
                .mapTo(OperationRow.class)
                .findOne();
    }

    /** Oldest first. */
    public List<OperationRow> list() {
        return handle.createQuery("SELECT * FROM operations ORDER BY created_at, id")
                .mapTo(OperationRow.class)
                .list();
    }

    /** What a member has not brought to an end, oldest first. */
    public List<OperationRow> unsettled(UUID member) {
        return handle.createQuery(
                        "SELECT * FROM operations WHERE member = :member AND " + UNSETTLED + " ORDER BY created_at, id")
                .bind("member", member)
                .mapTo(OperationRow.class)
                .list();
    }

    /** What no member has brought to an end, oldest first. */
    public List<OperationRow> unsettled() {
        return handle.createQuery("SELECT * FROM operations WHERE " + UNSETTLED + " ORDER BY created_at, id")
                .mapTo(OperationRow.class)
                .list();
    }

    /** Takes an unsettled operation over for an epoch of its member. */
    public boolean claim(UUID id, UUID member, long epoch, Instant lease) {
        return handle.createUpdate("UPDATE operations SET epoch = :epoch, lease = :lease"
                                + " WHERE id = :id AND member = :member AND epoch <= :epoch AND " + UNSETTLED)
                        .bind("id", id)
                        .bind("member", member)
                        .bind("epoch", epoch)
                        .bind("lease", lease)
                        .execute()
                == 1;
    }

    /** Renews the claims of an epoch. */
    public void renew(UUID member, long epoch, Instant lease) {
        handle.createUpdate("UPDATE operations SET lease = :lease WHERE member = :member AND epoch = :epoch AND "
                        + UNSETTLED)
                .bind("member", member)
                .bind("epoch", epoch)
                .bind("lease", lease)
                .execute();
    }

    /** @return false when somebody else claimed the operation: then stop */
    public boolean advance(UUID id, long epoch, String state, int step, String progress, Instant now) {
        return handle.createUpdate("UPDATE operations SET state = :state, step = :step, progress = :progress,"
                                + " updated_at = :now WHERE id = :id AND epoch = :epoch AND " + UNSETTLED)
                        .bind("id", id)
                        .bind("epoch", epoch)
                        .bind("state", state)
                        .bind("step", step)
                        .bind("progress", progress)
                        .bind("now", now)
                        .execute()
                == 1;
    }

    /** @return false when somebody else claimed the operation */
    public boolean fail(UUID id, long epoch, String state, @Nullable String errorKind, String error, Instant now) {
        return handle.createUpdate("UPDATE operations SET state = :state, error_kind = :errorKind, error = :error,"
                                + " updated_at = :now WHERE id = :id AND epoch = :epoch AND " + UNSETTLED)
                        .bind("id", id)
                        .bind("epoch", epoch)
                        .bind("state", state)
                        .bindByType("errorKind", errorKind, String.class)
                        .bind("error", error)
                        .bind("now", now)
                        .execute()
                == 1;
    }

    /** Forgets what ended before a time. */
    public int prune(Instant before) {
        return handle.createUpdate("DELETE FROM operations WHERE updated_at < :before AND NOT " + UNSETTLED)
                .bind("before", before)
                .execute();
    }
}
