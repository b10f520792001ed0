package io.stowage.array.scsi;

import io.stowage.array.core.Aborter;
import io.stowage.array.core.LogicalUnit;
import io.stowage.array.core.LogicalUnits;
import io.stowage.array.core.UnitIdentity;
import io.stowage.iscsi.scsi.Capacity;
import io.stowage.iscsi.scsi.Cdb;
import io.stowage.iscsi.scsi.InquiryData;
import io.stowage.iscsi.scsi.Lun;
import io.stowage.iscsi.scsi.LunList;
import io.stowage.iscsi.scsi.Sense;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Plans commands: which unit, which data, what to do with it. Knows no transport and keeps no state but the nexuses'.
 * May be used by several threads.
 *
 * <p>The order of checks is that of SAM-5, section 5.12: unit, reservation, unit attention, operation code, fields,
 * range.
 */
public final class DeviceServer {
    private static final int MIN_REPORT_LUNS = 16;
    private static final int WELL_KNOWN_ONLY = 1;
    private static final int LAST_SELECT_REPORT = 2;

    private final LogicalUnits units;
    private final TargetDevice device;
    private final Nexuses nexuses;
    private final VitalData vitalData;
    private final CopyCommands copies;
    private final ReservationCommands reservations;

    /**
     * @param nexuses who is told when one changes something for others
     * @param aborter ends commands of those whose registration is preempted
     */
    public DeviceServer(LogicalUnits units, TargetDevice device, Nexuses nexuses, Aborter aborter) {
        this.units = units;
        this.nexuses = nexuses;
        this.device = device;
        this.vitalData = new VitalData(device);
        this.copies = new CopyCommands(units);
        this.reservations = new ReservationCommands(device, aborter);
    }

    /**
     * What to do for a command.
     *
     * @param lun the 8 bytes of the logical unit number
     */
    public Plan plan(Nexus nexus, long lun, Cdb command) {
        OptionalInt number = Lun.decode(lun);
        Map<Integer, LogicalUnit> visible = units.visibleTo(nexus.initiator());
        Optional<LogicalUnit> unit =
                number.isPresent() ? Optional.ofNullable(visible.get(number.getAsInt())) : Optional.empty();
        // These three neither report nor clear a unit attention and are answered where there is no unit too.
        switch (command) {
            case Cdb.Inquiry inquiry -> {
                return inquiry(nexus, unit, inquiry);
            }
            case Cdb.ReportLuns report -> {
                return reportLuns(nexus, visible, report);
            }
            case Cdb.RequestSense request -> {
                return requestSense(nexus, number, unit, request);
            }
            default -> {}
        }
        if (unit.isEmpty()) {
            return new Plan.Refuse(Sense.UNIT_NOT_SUPPORTED);
        }
        if (!Admission.admits(nexus, unit.get(), command)) {
            return new Plan.Conflict();
        }
        Optional<Sense> attention = nexus.address(number.orElse(0), unit.get());
        if (attention.isPresent()) {
            return new Plan.Refuse(attention.get());
        }
        if (!unit.get().condition().isNormal() && unit.get().condition().state().sanitizing()) {
            return new Plan.Refuse(Sense.SANITIZE_IN_PROGRESS);
        }
        return plan(nexus, unit.get(), command);
    }

    /** The unit that a LUN stands for, as this initiator sees it. */
    public Optional<LogicalUnit> unit(String initiator, long lun) {
        OptionalInt number = Lun.decode(lun);
        return number.isPresent()
                ? Optional.ofNullable(units.visibleTo(initiator).get(number.getAsInt()))
                : Optional.empty();
    }

    /**
     * Whether a command that was planned before may still be carried out: a reservation may have been made while its data
     * was under way. Costs nothing where nothing is reserved.
     */
    public boolean isStillAdmitted(Nexus nexus, LogicalUnit unit, ByteBuffer cdb) {
        return unit.reservations().isFree() || Admission.admits(nexus, unit, Cdb.parse(cdb));
    }

    /** What a unit's failure means to the initiator. */
    public static Sense senseOf(IOException failure) {
        return switch (failure) {
            case LogicalUnit.OutOfSpace full -> Sense.OUT_OF_SPACE;
            case LogicalUnit.OutOfRange outOfRange -> Sense.LBA_OUT_OF_RANGE;
            case LogicalUnit.Damaged damaged -> Sense.READ_ERROR;
            default -> Sense.INTERNAL_FAILURE;
        };
    }

    private Plan plan(Nexus nexus, LogicalUnit unit, Cdb command) {
        return switch (command) {
            case Cdb.TestUnitReady ready -> Plan.GOOD;
            case Cdb.ReadCapacity10 capacity -> new Plan.Send(capacity(unit).encode10());
            case Cdb.ReadCapacity16 capacity -> cut(capacity(unit).encode16(), capacity.allocation());
            case Cdb.GetLbaStatus status -> Mapping.plan(unit, status);
            case Cdb.ModeSense sense -> ModePages.sense(unit, sense);
            case Cdb.ModeSelect select -> ModePages.select(nexus, nexuses, unit, select);
            case Cdb.Sanitize sanitize -> SanitizeCommand.plan(unit, sanitize);
            case Cdb.LogSense sense -> LogPages.sense(sense, units.room());
            case Cdb.StartStopUnit startStop ->
                new Plan.Run(0, Plan.Pace.SLOW, data -> {
                    if (!startStop.start() && !startStop.noFlush()) {
                        unit.flush();
                    }
                    return Ending.GOOD;
                });
            case Cdb.PreventAllow prevent -> Plan.GOOD;
            case Cdb.Reserve reserve -> ReservationCommands.reserve(nexus, unit, reserve);
            case Cdb.Release release -> ReservationCommands.release(nexus, unit, release);
            case Cdb.PersistentReserveIn in -> ReservationCommands.in(unit, in);
            case Cdb.PersistentReserveOut out -> reservations.out(nexus, unit, out);
            case Cdb.ReportTargetPortGroups report -> PortGroups.report(device, report);
            case Cdb.ReportSupportedOpcodes report ->
                SupportedOpcodes.report(report)
                        .map(data -> cut(data, report.allocation()))
                        .orElseGet(() -> new Plan.Refuse(Sense.invalidFieldInCdb(2)));
            case Cdb.ExtendedCopy copy -> copies.copy(nexus, copy);
            case Cdb.ReceiveCopyResults results -> CopyCommands.results(nexus, results);
            case Cdb.Unmap unmap -> BlockCommands.unmap(unit, unmap);
            case Cdb.Ranged ranged -> BlockCommands.plan(unit, ranged);
            case Cdb.Unsupported unsupported -> new Plan.Refuse(Sense.INVALID_OPCODE);
            case Cdb.Inquiry elsewhere -> throw new IllegalStateException("INQUIRY is planned before");
            case Cdb.ReportLuns elsewhere -> throw new IllegalStateException("REPORT LUNS is planned before");
            case Cdb.RequestSense elsewhere -> throw new IllegalStateException("REQUEST SENSE is planned before");
        };
    }

    private Plan inquiry(Nexus nexus, Optional<LogicalUnit> unit, Cdb.Inquiry inquiry) {
        if (!inquiry.vital()) {
            if (inquiry.page() != 0) {
                return new Plan.Refuse(Sense.invalidFieldInCdb(2));
            }
            return cut(unit.map(DeviceServer::standardData).orElseGet(InquiryData::encodeAbsent), inquiry.allocation());
        }
        return unit.flatMap(there -> vitalData.page(inquiry.page(), there.identity(), nexus.port()))
                .map(page -> cut(page, inquiry.allocation()))
                .orElseGet(() -> new Plan.Refuse(Sense.invalidFieldInCdb(2)));
    }

    private static ByteBuffer standardData(LogicalUnit unit) {
        UnitIdentity identity = unit.identity();
        return new InquiryData(identity.vendor(), identity.product(), identity.revision()).encode();
    }

    private static Plan reportLuns(Nexus nexus, Map<Integer, LogicalUnit> visible, Cdb.ReportLuns report) {
        if (report.select() > LAST_SELECT_REPORT) {
            return new Plan.Refuse(Sense.invalidFieldInCdb(2));
        }
        if (report.allocation() < MIN_REPORT_LUNS) {
            return new Plan.Refuse(Sense.invalidFieldInCdb(6));
        }
        nexus.unitsReported();
        List<Integer> luns = report.select() == WELL_KNOWN_ONLY ? List.of() : new ArrayList<>(visible.keySet());
        return cut(new LunList(luns).encode(), report.allocation());
    }

    private static Plan requestSense(
            Nexus nexus, OptionalInt number, Optional<LogicalUnit> unit, Cdb.RequestSense request) {
        Sense sense = unit.isEmpty()
                ? Sense.UNIT_NOT_SUPPORTED
                : nexus.address(number.orElse(0), unit.get()).orElse(Sense.NONE);
        return cut(request.descriptor() ? sense.encodeDescriptor() : sense.encodeFixed(), request.allocation());
    }

    private static Capacity capacity(LogicalUnit unit) {
        return new Capacity(unit.sizeBytes() / LogicalUnit.BLOCK_BYTES - 1, LogicalUnit.BLOCK_BYTES, true, true);
    }

    /** The data up to the allocation length, which is never an error. SPC-4, section 4.2.5.6. */
    static Plan cut(ByteBuffer data, long allocation) {
        return new Plan.Send(data.limit((int) Math.min(data.limit(), allocation)));
    }
}
