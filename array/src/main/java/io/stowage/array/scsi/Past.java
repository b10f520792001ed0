package io.stowage.array.scsi;

import io.stowage.array.core.LogicalUnit;
import io.stowage.array.core.LogicalUnits;
import io.stowage.array.core.Registrant;
import io.stowage.iscsi.scsi.Sense;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What happened before a nexus began, and what its initiator must hear of it: the array's restart, or the loss of the
 * nexus that was there before it. An initiator that was never here before hears nothing, since simple ones take any unit
 * attention for a failure. May be used by several threads. SAM-5, sections 5.14 and 6.3.
 */
final class Past {
    /** Lost nexuses that are remembered; of more than these the oldest are forgotten. */
    private static final int MAX_LOST = 1024;

    /** Who has heard through which port that the array was restarted under a unit: as many as units it had then. */
    private record Told(String initiator, int port, LogicalUnit unit) {}

    private final LogicalUnits units;
    private final Set<Told> told = new HashSet<>();
    private final Map<Registrant, Set<LogicalUnit>> lost = new LinkedHashMap<>();

    Past(LogicalUnits units) {
        this.units = units;
    }

    /** The nexus ended without a farewell. */
    synchronized void lost(Registrant registrant, Set<LogicalUnit> units) {
        if (units.isEmpty()) {
            return;
        }
        lost.remove(registrant); // so that it becomes the newest
        lost.put(registrant, units);
        if (lost.size() > MAX_LOST) {
            lost.remove(lost.keySet().iterator().next());
        }
    }

    /** What the initiator must hear before its first command for this unit. */
    synchronized Optional<Sense> attention(String initiator, Registrant registrant, LogicalUnit unit) {
        boolean wasLost = lost.containsKey(registrant) && lost.get(registrant).remove(unit);
        if (units.wasVisibleBeforeStart(initiator, unit) && told.add(new Told(initiator, registrant.port(), unit))) {
            return Optional.of(Sense.POWER_ON);
        }
        return wasLost ? Optional.of(Sense.NEXUS_LOSS) : Optional.empty();
    }
}
