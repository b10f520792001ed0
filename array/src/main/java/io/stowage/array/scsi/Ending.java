package io.stowage.array.scsi;

import io.stowage.iscsi.scsi.ScsiStatus;
import io.stowage.iscsi.scsi.Sense;
import java.util.Optional;

/**
 * How a command ended.
 *
 * @param status as in {@link ScsiStatus}
 * @param sense with CHECK CONDITION only
 */
public record Ending(int status, Optional<Sense> sense) {
    public static final Ending GOOD = new Ending(ScsiStatus.GOOD, Optional.empty());
    public static final Ending CONFLICT = new Ending(ScsiStatus.RESERVATION_CONFLICT, Optional.empty());

    /** CHECK CONDITION. */
    public static Ending check(Sense sense) {
        return new Ending(ScsiStatus.CHECK_CONDITION, Optional.of(sense));
    }

    /** GOOD, unless there is something to say. */
    static Ending of(Optional<Sense> fault) {
        return fault.map(Ending::check).orElse(GOOD);
    }
}
