package io.stowage.database;

import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Notes which recovery records on the arrays are behind what the database knows. */
public final class RecoveryTable {
    private final Handle handle;

    RecoveryTable(Handle handle) {
        this.handle = handle;
    }

    /** Says that the database knows something new about an owner. */
    public void touch(UUID owner, String kind) {
        handle.createUpdate("INSERT INTO recovery (owner, kind, revision, written) VALUES (:owner, :kind, 1, 0)"
                        + " ON CONFLICT (owner) DO UPDATE SET revision = recovery.revision + 1")
                .bind("owner", owner)
                .bind("kind", kind)
                .execute();
    }

    /** What is behind. */
    public List<RecoveryRow> due() {
        return handle.createQuery("SELECT owner, kind, revision FROM recovery WHERE revision > written ORDER BY owner")
                .mapTo(RecoveryRow.class)
                .list();
    }

    /** Says that the array was told what the database knew at a revision. */
    public void written(UUID owner, long revision) {
        handle.createUpdate("UPDATE recovery SET written = :revision WHERE owner = :owner AND written < :revision")
                .bind("owner", owner)
                .bind("revision", revision)
                .execute();
    }

    public void forget(UUID owner) {
        handle.createUpdate("DELETE FROM recovery WHERE owner = :owner")
                .bind("owner", owner)
                .execute();
    }
}
