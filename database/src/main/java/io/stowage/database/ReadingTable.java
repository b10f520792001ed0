package io.stowage.database;

import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** What is being read. */
public final class ReadingTable {
    private final Handle handle;

    ReadingTable(Handle handle) {
        this.handle = handle;
    }

    public void insert(ReadingRow row) {
        handle.createUpdate(
                        "INSERT INTO readings (id, volume, snapshot, member) VALUES (:id, :volume, :snapshot, :member)")
                .bindMethods(row)
                .execute();
    }

    public List<ReadingRow> list() {
        return handle.createQuery("SELECT * FROM readings ORDER BY id")
                .mapTo(ReadingRow.class)
                .list();
    }

    /** Of a volume's snapshots. */
    public List<ReadingRow> list(UUID volume) {
        return handle.createQuery("SELECT * FROM readings WHERE volume = :volume ORDER BY id")
                .bind("volume", volume)
                .mapTo(ReadingRow.class)
                .list();
    }

    public void delete(UUID id) {
        handle.createUpdate("DELETE FROM readings WHERE id = :id")
                .bind("id", id)
                .execute();
    }
}
