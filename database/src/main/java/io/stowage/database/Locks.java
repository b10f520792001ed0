package io.stowage.database;

import java.time.Instant;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Leases on names. A lease ends when it is released, expires, or its member starts anew. */
public final class Locks {
    private final Handle handle;

    Locks(Handle handle) {
        this.handle = handle;
    }

    /**
     * Takes a lease, or keeps one that the same operation has.
     *
     * @return false when another operation of a living member has it
     */
    public boolean take(String name, UUID member, long epoch, UUID operation, Instant now, Instant expiresAt) {
        return handle.createUpdate("INSERT INTO locks (name, member, epoch, operation, expires_at)"
                                + " VALUES (:name, :member, :epoch, :operation, :expiresAt)"
                                + " ON CONFLICT (name) DO UPDATE SET member = :member, epoch = :epoch,"
                                + " operation = :operation, expires_at = :expiresAt"
                                + " WHERE locks.expires_at <= :now OR locks.operation = :operation"
                                + " OR (locks.member = :member AND locks.epoch < :epoch)")
                        .bind("name", name)
                        .bind("member", member)
                        .bind("epoch", epoch)
                        .bind("operation", operation)
                        .bind("now", now)
                        .bind("expiresAt", expiresAt)
                        .execute()
                == 1;
    }

    /** Whether an operation still has the lease it took. */
    public boolean holds(String name, UUID member, long epoch, UUID operation) {
        return handle.createQuery("SELECT COUNT(*) FROM locks WHERE name = :name AND member = :member"
                                + " AND epoch = :epoch AND operation = :operation")
                        .bind("name", name)
                        .bind("member", member)
                        .bind("epoch", epoch)
                        .bind("operation", operation)
                        .mapTo(Integer.class)
                        .one()
                == 1;
    }

    /** Renews every lease of an epoch of a member. */
    public void renew(UUID member, long epoch, Instant expiresAt) {
        handle.createUpdate("UPDATE locks SET expires_at = :expiresAt WHERE member = :member AND epoch = :epoch")
                .bind("member", member)
                .bind("epoch", epoch)
                .bind("expiresAt", expiresAt)
                .execute();
    }

    /** Lets go of everything an operation has. */
    public void release(UUID operation) {
        handle.createUpdate("DELETE FROM locks WHERE operation = :operation")
                .bind("operation", operation)
                .execute();
    }

    /** Lets go of what earlier epochs of a member had. */
    public void releaseBefore(UUID member, long epoch) {
        handle.createUpdate("DELETE FROM locks WHERE member = :member AND epoch < :epoch")
                .bind("member", member)
                .bind("epoch", epoch)
                .execute();
    }
}
