package io.stowage.engine.work;

import io.stowage.database.ScheduleRow;
import io.stowage.database.Transaction;
import io.stowage.model.InvalidValue;
import io.stowage.model.SnapshotSchedule;
import io.stowage.model.VolumeKeys;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** When the next snapshots of volumes are due, kept in the database so that looking costs what is due. */
final class Schedules {
    private static final System.Logger LOG = System.getLogger(Schedules.class.getName());

    private final Clock clock;

    Schedules(Clock clock) {
        this.clock = clock;
    }

    /** Notes what a volume's config says, in the transaction that writes it. The same schedule keeps its time. */
    void follow(Transaction tx, UUID volume, Map<String, String> config) {
        String schedule = config.getOrDefault(VolumeKeys.SNAPSHOTS_SCHEDULE, "");
        Optional<ScheduleRow> known = tx.schedules().find(volume);
        if (known.map(ScheduleRow::schedule).orElse("").equals(schedule)) {
            return;
        }
        Optional<Instant> next = next(schedule, volume);
        if (next.isPresent()) {
            tx.schedules().put(new ScheduleRow(volume, schedule, next.get()));
        } else {
            tx.schedules().forget(volume);
        }
    }

    /** Notes the time of volumes for which nobody has. */
    void followAll(Transaction tx) {
        tx.schedules()
                .unplanned()
                .forEach((volume, schedule) -> follow(tx, volume, Map.of(VolumeKeys.SNAPSHOTS_SCHEDULE, schedule)));
    }

    /**
     * Moves the time of a volume on into the future, however long ago it was.
     *
     * @return false when somebody else has
     */
    boolean advance(Transaction tx, ScheduleRow due) {
        Optional<Instant> next = next(due.schedule(), due.volume());
        // One that never comes again is looked at again with the next start.
        return tx.schedules().advance(due.volume(), due.dueAt(), next.orElse(Instant.parse("9999-12-31T00:00:00Z")));
    }

    private Optional<Instant> next(String schedule, UUID volume) {
        try {
            return SnapshotSchedule.parse(schedule)
                    .next(ZonedDateTime.now(clock), volume)
                    .map(ZonedDateTime::toInstant);
        } catch (InvalidValue e) {
            LOG.log(Level.WARNING, "Volume {0} has a schedule that nobody can read: {1}", volume, e.getMessage());
            return Optional.empty();
        }
    }
}
