package io.stowage.array.scsi;

import io.stowage.array.core.LogicalUnit;
import io.stowage.array.core.Registrant;
import io.stowage.iscsi.scsi.Sense;
import io.stowage.iscsi.scsi.TransportId;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One initiator port seen through one target port, with the unit attentions it hasn't heard yet. May be used by several
 * threads. SAM-5, section 5.14.
 *
 * <p>A unit is known to the nexus once it was addressed: only then can a change be news. What happened before is told with
 * the first command for a unit, if the initiator was here then: see {@link Past}.
 */
public final class Nexus {
    /** More than this at once for one unit is noise: the newest are dropped. */
    private static final int MAX_PENDING = 8;

    private final String initiator;
    private final Registrant registrant;
    private final Past past;
    private final Set<LogicalUnit> reserved = ConcurrentHashMap.newKeySet();
    private final CopyResults copies = new CopyResults();
    private final Map<Integer, Known> known = new HashMap<>();

    /**
     * A nexus that knows no unit yet.
     *
     * @param isid the initiator's part of the session identifier, which tells its ports from one another
     * @param port relative identifier of the target port, 1 to 65535
     */
    Nexus(String initiator, long isid, int port, Past past) {
        this.initiator = initiator;
        this.past = past;
        this.registrant = new Registrant(
                TransportId.of(initiator.toLowerCase(Locale.ROOT), isid).port(), port);
    }

    /** The initiator's name. */
    public String initiator() {
        return initiator;
    }

    /** Relative identifier of the target port. */
    public int port() {
        return registrant.port();
    }

    /** What reservations know it by. */
    public Registrant registrant() {
        return registrant;
    }

    /**
     * Notes that the unit is addressed, and takes the oldest unit attention for it. Another unit behind the same number
     * is news of its own: the initiator must not go on as if it were the old one.
     */
    synchronized Optional<Sense> address(int lun, LogicalUnit unit) {
        Known entry = known.computeIfAbsent(lun, _ -> begin(unit));
        if (entry.unit != unit) {
            entry.unit = unit;
            entry.pending.clear();
            entry.pending.add(Sense.INQUIRY_DATA_CHANGED);
        }
        return Optional.ofNullable(entry.pending.poll());
    }

    private Known begin(LogicalUnit unit) {
        Known entry = new Known(unit);
        past.attention(initiator.toLowerCase(Locale.ROOT), registrant, unit).ifPresent(entry::raise);
        return entry;
    }

    /** Tells of something about one unit. */
    synchronized void raise(int lun, Sense attention) {
        Known entry = known.get(lun);
        if (entry != null) {
            entry.raise(attention);
        }
    }

    /** Tells of something about this unit, whatever its number is here. */
    synchronized void raise(LogicalUnit unit, Sense attention) {
        known.values().stream().filter(entry -> entry.unit == unit).forEach(entry -> entry.raise(attention));
    }

    /** Tells of something through every known unit. */
    synchronized void raiseEverywhere(Sense attention) {
        known.values().forEach(entry -> entry.raise(attention));
    }

    /** How its copies stand. */
    CopyResults copies() {
        return copies;
    }

    /** Notes that it has reserved the unit for the time of its session. */
    void hasReserved(LogicalUnit unit) {
        reserved.add(unit);
    }

    /** It ended without a farewell: its initiator hears of that when it comes back. */
    synchronized void lose() {
        Set<LogicalUnit> units = new HashSet<>();
        known.values().forEach(entry -> units.add(entry.unit));
        past.lost(registrant, units);
    }

    /** Ends what it has reserved, also where it can't reach the unit any more. */
    void release() {
        reserved.forEach(unit -> unit.reservations().endSession(registrant));
    }

    /** The initiator has asked for the list of units, so it need not be told that it changed. SPC-4, section 6.33. */
    synchronized void unitsReported() {
        known.values().forEach(entry -> entry.pending.remove(Sense.REPORTED_LUNS_CHANGED));
    }

    private static final class Known {
        private final Queue<Sense> pending = new ArrayDeque<>();
        private LogicalUnit unit;

        Known(LogicalUnit unit) {
            this.unit = unit;
        }

        void raise(Sense attention) {
            if (pending.size() < MAX_PENDING && !pending.contains(attention)) {
                pending.add(attention);
            }
        }
    }
}
