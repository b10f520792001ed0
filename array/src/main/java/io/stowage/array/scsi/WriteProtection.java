package io.stowage.array.scsi;

import io.stowage.array.core.Condition;
import io.stowage.array.core.LogicalUnit;
import io.stowage.iscsi.scsi.Sense;
import java.util.Optional;

/** Whether a unit takes writes. SBC-3, section 4.12; the SWP bit of SPC-4, section 7.5.8. */
final class WriteProtection {
    private WriteProtection() {}

    /** Why a unit takes no writes, or nothing. */
    static Optional<Sense> faultOf(LogicalUnit unit) {
        if (unit.condition().isNormal()) {
            return Optional.empty();
        }
        Condition.State state = unit.condition().state();
        if (state.readOnly() || state.lastinglyProtected()) {
            return Optional.of(Sense.WRITE_PROTECTED);
        }
        return state.writeProtected() ? Optional.of(Sense.SOFTWARE_WRITE_PROTECTED) : Optional.empty();
    }
}
