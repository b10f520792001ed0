package io.stowage.database;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Tokens that were neither spent nor revoked, oldest first. */
public final class TrustTokenTable {
    private final Handle handle;

    TrustTokenTable(Handle handle) {
        this.handle = handle;
    }

    public void insert(TrustTokenRow row) {
        handle.createUpdate("INSERT INTO trust_tokens (id, name, restricted, secret, created_at, expires_at)"
                        + " VALUES (:id, :name, :restricted, :secret, :createdAt, :expiresAt)")
                .bindMethods(row)
                .execute();
    }

    public List<TrustTokenRow> list() {
        return handle.createQuery("SELECT * FROM trust_tokens ORDER BY created_at, id")
                .mapTo(TrustTokenRow.class)
                .list();
    }

    /** @return false when it was gone before */
    public boolean delete(UUID id) {
        return handle.createUpdate("DELETE FROM trust_tokens WHERE id = :id")
                        .bind("id", id)
                        .execute()
                == 1;
    }

    /** Forgets what expired before a time. */
    public void prune(Instant before) {
        handle.createUpdate("DELETE FROM trust_tokens WHERE expires_at < :before")
                .bind("before", before)
                .execute();
    }
}
