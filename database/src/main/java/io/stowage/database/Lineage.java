package io.stowage.database;

import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Which snapshots have the very same content, as one was copied from the other. All copies of a snapshot, and copies of
 * copies, have the first of them as their origin, whether that still exists or not. And which volumes are copies that were
 * made to fit into less.
 */
public final class Lineage {
    private final Handle handle;

    Lineage(Handle handle) {
        this.handle = handle;
    }

    /** Notes that a snapshot was copied from another. */
    public void note(UUID copy, UUID from) {
        handle.createUpdate("INSERT INTO lineage (snapshot, origin) VALUES (:copy, :origin)")
                .bind("copy", copy)
                .bind("origin", origin(from))
                .execute();
    }

    /** Notes that a volume was made smaller than what it is a copy of. */
    public void noteFitted(UUID volume) {
        handle.createUpdate("INSERT INTO fitted (volume) VALUES (:volume)")
                .bind("volume", volume)
                .execute();
    }

    public boolean isFitted(UUID volume) {
        return handle.createQuery("SELECT volume FROM fitted WHERE volume = :volume")
                .bind("volume", volume)
                .mapTo(UUID.class)
                .findOne()
                .isPresent();
    }

    /** The first of a snapshot's relatives; itself if it isn't a copy. */
    public UUID origin(UUID snapshot) {
        return handle.createQuery("SELECT origin FROM lineage WHERE snapshot = :snapshot")
                .bind("snapshot", snapshot)
                .mapTo(UUID.class)
                .findOne()
                .orElse(snapshot);
    }
}
