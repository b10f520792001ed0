package io.stowage.database;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** When the snapshots of volumes with a schedule are due. */
public final class ScheduleTable {
    private final Handle handle;

    ScheduleTable(Handle handle) {
        this.handle = handle;
    }

    public Optional<ScheduleRow> find(UUID volume) {
        return handle.createQuery("SELECT * FROM schedules WHERE volume = :volume")
                .bind("volume", volume)
                .mapTo(ScheduleRow.class)
                .findOne();
    }

    public void put(ScheduleRow row) {
        handle.createUpdate("INSERT INTO schedules (volume, schedule, due_at) VALUES (:volume, :schedule, :dueAt)"
                        + " ON CONFLICT (volume) DO UPDATE SET schedule = :schedule, due_at = :dueAt")
                .bindMethods(row)
                .execute();
    }

    public void forget(UUID volume) {
        handle.createUpdate("DELETE FROM schedules WHERE volume = :volume")
                .bind("volume", volume)
                .execute();
    }

    /** Pools in which something is due. */
    public List<UUID> poolsDue(Instant now) {
        return handle.createQuery("SELECT DISTINCT volumes.pool FROM schedules"
                        + " JOIN volumes ON volumes.id = schedules.volume"
                        + " WHERE schedules.due_at <= :now AND volumes.state = 'READY'")
                .bind("now", now)
                .mapTo(UUID.class)
                .list();
    }

    /** What is due in a pool, oldest first. @param after the last one that was looked at; empty for the first page */
    public List<ScheduleRow> due(UUID pool, Instant now, Optional<ScheduleRow> after, int limit) {
        return handle.createQuery("SELECT schedules.* FROM schedules JOIN volumes ON volumes.id = schedules.volume"
                        + " WHERE schedules.due_at <= :now AND volumes.pool = :pool AND volumes.state = 'READY'"
                        + " AND (schedules.due_at > :time OR (schedules.due_at = :time AND schedules.volume > :volume))"
                        + " ORDER BY schedules.due_at, schedules.volume LIMIT :limit")
                .bind("pool", pool)
                .bind("now", now)
                .bind("time", after.map(ScheduleRow::dueAt).orElse(Instant.EPOCH))
                .bind("volume", after.map(row -> row.volume().toString()).orElse(""))
                .bind("limit", limit)
                .mapTo(ScheduleRow.class)
                .list();
    }

    /**
     * Moves the time on.
     *
     * @return false when it is not {@code from} any more: another has been quicker
     */
    public boolean advance(UUID volume, Instant from, Instant to) {
        return handle.createUpdate("UPDATE schedules SET due_at = :to WHERE volume = :volume AND due_at = :from")
                        .bind("volume", volume)
                        .bind("from", from)
                        .bind("to", to)
                        .execute()
                == 1;
    }

    /** Volumes whose config has a schedule for which no time is known. */
    public Map<UUID, String> unplanned() {
        return handle
                .createQuery("SELECT owner AS volume, value AS schedule, '1970-01-01T00:00:00Z' AS due_at"
                        + " FROM volume_config WHERE key = 'snapshots.schedule'"
                        + " AND NOT EXISTS (SELECT 1 FROM schedules WHERE volume = volume_config.owner)")
                .mapTo(ScheduleRow.class)
                .stream()
                .collect(Collectors.toMap(ScheduleRow::volume, ScheduleRow::schedule));
    }
}
