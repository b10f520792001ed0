package io.stowage.array.scsi;

import io.stowage.array.core.LogicalUnit;
import io.stowage.array.core.LogicalUnits;
import io.stowage.array.core.UnitCopy;
import io.stowage.array.core.UnitIdentity;
import io.stowage.iscsi.scsi.Cdb;
import io.stowage.iscsi.scsi.CopyList;
import io.stowage.iscsi.scsi.CopyResult;
import io.stowage.iscsi.scsi.Designator;
import io.stowage.iscsi.scsi.InvalidParameters;
import io.stowage.iscsi.scsi.Sense;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Optional;

/**
 * EXTENDED COPY(LID1) between units that the initiator may use, and RECEIVE COPY RESULTS. What lies alike in both units
 * is shared and not copied. SPC-4, sections 5.17.3, 6.4 and 6.24.
 */
final class CopyCommands {
    private static final int BLOCK = LogicalUnit.BLOCK_BYTES;

    private static final int MAX_TARGETS = 4;
    private static final int MAX_SEGMENTS = 16;

    /** More than {@link #MAX_TARGETS} and {@link #MAX_SEGMENTS} take, so that it is their number which is complained of. */
    private static final int MAX_LIST = 1024;

    /** Task management functions have to wait for a segment; this much is copied in far less than their time. */
    private static final int MAX_SEGMENT_BYTES = 64 << 20;

    private static final int CONCURRENT = 16;

    private final LogicalUnits units;

    CopyCommands(LogicalUnits units) {
        this.units = units;
    }

    /** EXTENDED COPY. */
    Plan copy(Nexus nexus, Cdb.ExtendedCopy command) {
        if (command.length() == 0) {
            return Plan.GOOD;
        }
        if (command.length() < CopyList.HEADER || command.length() > MAX_LIST) {
            return new Plan.Refuse(Sense.PARAMETER_LIST_LENGTH);
        }
        return new Plan.Run((int) command.length(), Plan.Pace.SLOW, data -> {
            try {
                return run(nexus, CopyList.parse(data, MAX_TARGETS, MAX_SEGMENTS));
            } catch (InvalidParameters e) {
                return Ending.check(e.sense());
            }
        });
    }

    /** RECEIVE COPY RESULTS. */
    static Plan results(Nexus nexus, Cdb.ReceiveCopyResults command) {
        if (command.action() == CopyResult.OPERATING_PARAMETERS) {
            ByteBuffer parameters =
                    CopyResult.encodeParameters(MAX_TARGETS, MAX_SEGMENTS, MAX_LIST, MAX_SEGMENT_BYTES, CONCURRENT);
            return DeviceServer.cut(parameters, command.allocation());
        }
        boolean known = command.action() == CopyResult.STATUS
                || command.action() == CopyResult.DATA
                || command.action() == CopyResult.FAILED_SEGMENT;
        if (!known) {
            return new Plan.Refuse(Sense.invalidFieldInCdb(1));
        }
        Optional<CopyResult> result = nexus.copies().get(command.listId());
        if (result.isEmpty()) {
            return new Plan.Refuse(Sense.invalidFieldInCdb(2));
        }
        ByteBuffer data = switch (command.action()) {
            case CopyResult.STATUS -> result.get().encodeStatus();
            case CopyResult.FAILED_SEGMENT -> result.get().encodeFailure();
            default -> ByteBuffer.allocate(Integer.BYTES); // no copy holds data back
        };
        return DeviceServer.cut(data, command.allocation());
    }

    private Ending run(Nexus nexus, CopyList list) throws InvalidParameters {
        for (CopyList.Segment segment : list.segments()) {
            checkLength(segment);
        }
        int done = 0;
        long bytes = 0;
        for (CopyList.Segment segment : list.segments()) {
            note(nexus, list, new CopyResult(true, done, bytes, Optional.empty()));
            Optional<Sense> fault = copy(nexus, list, segment);
            if (fault.isPresent()) {
                note(nexus, list, new CopyResult(false, done, bytes, fault));
                return Ending.check(fault.get());
            }
            done++;
            bytes += bytesOf(segment);
        }
        note(nexus, list, new CopyResult(false, done, bytes, Optional.empty()));
        return Ending.GOOD;
    }

    private static void note(Nexus nexus, CopyList list, CopyResult result) {
        if (list.usage() == CopyList.HOLD) {
            nexus.copies().put(list.id(), result);
        }
    }

    /** Positions and lengths that no unit could serve are faults of the list, before anything is copied. */
    private static void checkLength(CopyList.Segment segment) throws InvalidParameters {
        boolean uneven = segment.offsets()
                && (segment.length() % BLOCK != 0
                        || segment.sourceOffset() % BLOCK != 0
                        || segment.targetOffset() % BLOCK != 0);
        if (uneven || bytesOf(segment) > MAX_SEGMENT_BYTES) {
            throw new InvalidParameters(Sense.INVALID_FIELD_IN_PARAMETERS);
        }
    }

    private static long bytesOf(CopyList.Segment segment) {
        return segment.offsets() ? segment.length() : segment.length() * BLOCK;
    }

    private Optional<Sense> copy(Nexus nexus, CopyList list, CopyList.Segment segment) {
        int named = list.targets().size();
        if (segment.source() >= named || segment.target() >= named) {
            return Optional.of(Sense.UNREACHABLE_COPY_TARGET);
        }
        Collection<LogicalUnit> visible = units.visibleTo(nexus.initiator()).values();
        Optional<LogicalUnit> source = find(visible, list.targets().get(segment.source()));
        Optional<LogicalUnit> target = find(visible, list.targets().get(segment.target()));
        long length = bytesOf(segment);
        boolean reachable = source.isPresent()
                && target.isPresent()
                && Admission.admits(nexus, source.get(), false)
                && Admission.admits(nexus, target.get(), true)
                && holds(source.get(), segment.sourceLba(), segment.sourceOffset(), length)
                && holds(target.get(), segment.targetLba(), segment.targetOffset(), length);
        if (!reachable) {
            return Optional.of(Sense.COPY_TARGET_NOT_REACHABLE);
        }
        Optional<Sense> protection = WriteProtection.faultOf(target.get());
        if (protection.isPresent()) {
            return protection;
        }
        try {
            UnitCopy.copy(
                    source.get(),
                    segment.sourceLba() * BLOCK + segment.sourceOffset(),
                    target.get(),
                    segment.targetLba() * BLOCK + segment.targetOffset(),
                    length);
            return Optional.empty();
        } catch (LogicalUnit.OutOfRange shrunk) {
            return Optional.of(Sense.COPY_TARGET_NOT_REACHABLE);
        } catch (IOException e) {
            return Optional.of(DeviceServer.senseOf(e));
        }
    }

    private static boolean holds(LogicalUnit unit, long lba, int offset, long length) {
        long end = (offset + length) / BLOCK;
        long capacity = unit.sizeBytes() / BLOCK;
        return Long.compareUnsigned(lba, capacity) <= 0 && end <= capacity - lba;
    }

    /** A unit by the names that its Device Identification page shows. */
    private static Optional<LogicalUnit> find(Collection<LogicalUnit> visible, CopyList.Target target) {
        if (target.nul() || target.type() != 0 || target.blockLength() != BLOCK) {
            return Optional.empty();
        }
        return visible.stream()
                .filter(unit -> isNamed(unit.identity(), target.designator()))
                .findFirst();
    }

    private static boolean isNamed(UnitIdentity identity, Designator name) {
        return name.equals(Designator.naa(identity.naaBytes()))
                || name.equals(Designator.t10(identity.vendor(), identity.serial()));
    }
}
