package io.stowage.array.namespace;

import io.stowage.array.core.Aborter;
import io.stowage.array.core.LogicalUnit;
import io.stowage.array.core.Registrant;
import io.stowage.array.core.Reservation;
import io.stowage.array.core.ReservationType;
import io.stowage.array.core.Reservations;
import io.stowage.nvme.command.NvmOpcode;
import io.stowage.nvme.command.ReservationKeys;
import io.stowage.nvme.command.ReservationReport;
import io.stowage.nvme.command.Status;
import io.stowage.nvme.command.SubmissionEntry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * Reservation Register, Acquire, Release and Report. Base 2.0, sections 7.2 to 7.5 and 8.19. The reservations are those
 * of SCSI, with hosts for registrants.
 */
final class ReservationCommands {
    private static final int ACTION = 7;
    private static final int HOST_ID_DIGITS = 32;

    private final Limits limits;
    private final Aborter aborter;

    ReservationCommands(Limits limits, Aborter aborter) {
        this.limits = limits;
        this.aborter = aborter;
    }

    Plan plan(Access access, SubmissionEntry entry) {
        if (entry.opcode() == NvmOpcode.RESERVATION_REPORT) {
            return report(access.unit(), entry);
        }
        int opcode = entry.opcode();
        int dword = entry.dword(10);
        if (!isValid(opcode, dword)) {
            return new Plan.Refuse(Status.INVALID_FIELD);
        }
        int length = opcode == NvmOpcode.RESERVATION_RELEASE ? ReservationKeys.RELEASE_BYTES : ReservationKeys.BYTES;
        if (entry.sglLength() < length || entry.sglLength() > limits.inCapsuleBytes()) {
            return new Plan.Refuse(Status.SGL_LENGTH_INVALID);
        }
        // It touches no data, so preempting doesn't end it: two that preempt one another would wait for each other.
        return new Plan.Run(Optional.empty(), 0, (int) entry.sglLength(), Plan.Pace.SLOW, access.guarded(data -> {
            if (access.unit().reservations().state().reserved().isPresent()) {
                return Ending.of(Status.RESERVATION_CONFLICT); // by SCSI's RESERVE(6), which excludes these
            }
            ReservationKeys keys = ReservationKeys.parse(data.slice(0, length));
            return switch (opcode) {
                case NvmOpcode.RESERVATION_REGISTER -> register(access, dword, keys);
                case NvmOpcode.RESERVATION_ACQUIRE -> acquire(access, dword, keys);
                default -> release(access, dword, keys);
            };
        }));
    }

    /** Existing keys are ignored by Register alone, as of NVMe 1.3. */
    private static boolean isValid(int opcode, int dword) {
        int action = dword & ACTION;
        boolean ignores = (dword & ReservationKeys.IGNORE_KEY) != 0;
        boolean typed = type(dword).isPresent();
        return switch (opcode) {
            case NvmOpcode.RESERVATION_REGISTER -> action <= ReservationKeys.REPLACE && dword >>> 30 != 1;
            case NvmOpcode.RESERVATION_ACQUIRE -> action <= ReservationKeys.PREEMPT_AND_ABORT && !ignores && typed;
            default -> !ignores && (action == ReservationKeys.RELEASE && typed || action == ReservationKeys.CLEAR);
        };
    }

    private static Ending register(Access access, int dword, ReservationKeys keys) throws IOException {
        Reservations reservations = access.unit().reservations();
        Registrant who = access.viewer().registrant();
        int action = dword & ACTION;
        boolean keep = switch (dword >>> 30) {
            case ReservationKeys.PERSISTENCE_OFF -> false;
            case ReservationKeys.PERSISTENCE_ON -> true;
            default -> reservations.state().kept();
        };
        OptionalLong present = reservations.state().reservation().keyOf(who);
        if (action == ReservationKeys.REGISTER) {
            if (keys.other() == 0) {
                return Ending.of(Status.INVALID_FIELD);
            }
            // Again with the same key is no change, with another one a conflict.
            OptionalLong expected = present.isPresent() ? OptionalLong.of(keys.other()) : OptionalLong.of(0);
            return ending(reservations.register(List.of(who), expected, keys.other(), keep));
        }
        if (present.isEmpty()) {
            return Ending.of(Status.RESERVATION_CONFLICT);
        }
        boolean replaces = action == ReservationKeys.REPLACE;
        if (replaces && keys.other() == 0) {
            return Ending.of(Status.INVALID_FIELD);
        }
        boolean ignores = (dword & ReservationKeys.IGNORE_KEY) != 0;
        return ending(reservations.register(
                List.of(who),
                ignores ? OptionalLong.empty() : OptionalLong.of(keys.current()),
                replaces ? keys.other() : 0,
                keep));
    }

    private Ending acquire(Access access, int dword, ReservationKeys keys) throws IOException {
        LogicalUnit unit = access.unit();
        Registrant who = access.viewer().registrant();
        ReservationType type = type(dword).orElseThrow();
        int action = dword & ACTION;
        if (action == ReservationKeys.ACQUIRE) {
            return ending(unit.reservations().reserve(who, keys.current(), type));
        }
        Reservations.Outcome outcome = unit.reservations().preempt(who, keys.current(), keys.other(), type);
        if (action == ReservationKeys.PREEMPT_AND_ABORT && !outcome.preempted().isEmpty()) {
            aborter.abort(unit, outcome.preempted());
        }
        return ending(outcome);
    }

    private static Ending release(Access access, int dword, ReservationKeys keys) throws IOException {
        Reservations reservations = access.unit().reservations();
        Registrant who = access.viewer().registrant();
        return ending(
                (dword & ACTION) == ReservationKeys.CLEAR
                        ? reservations.clear(who, keys.current())
                        : reservations.release(who, keys.current(), type(dword).orElseThrow()));
    }

    private static Ending ending(Reservations.Outcome outcome) {
        return Ending.of(
                switch (outcome.verdict()) {
                    case DONE -> Status.SUCCESS;
                    case CONFLICT -> Status.RESERVATION_CONFLICT;
                    case OTHER_TYPE, NOTHING_TO_MOVE, NO_SUCH_KEY -> Status.INVALID_FIELD;
                    case TOO_MANY -> Status.INTERNAL_ERROR;
                });
    }

    private Plan report(LogicalUnit unit, SubmissionEntry entry) {
        if ((entry.dword(11) & ReservationReport.EXTENDED) == 0) {
            return new Plan.Refuse(Status.HOST_ID_INCONSISTENT);
        }
        long wanted = (Integer.toUnsignedLong(entry.dword(10)) + 1) * Integer.BYTES;
        if (wanted > limits.maxTransferBytes()) {
            return new Plan.Refuse(Status.INVALID_FIELD);
        }
        if (wanted > entry.sglLength()) {
            return new Plan.Refuse(Status.SGL_LENGTH_INVALID);
        }
        Reservations.State state = unit.reservations().state();
        Reservation reservation = state.reservation();
        ByteBuffer report = new ReservationReport(
                        state.generation(),
                        reservation.hold().map(hold -> code(hold.type())).orElse(0),
                        state.kept(),
                        reservation.registrations().stream()
                                .map(each -> new ReservationReport.Registered(
                                        ReservationReport.DYNAMIC,
                                        reservation.isHeldBy(each.by()),
                                        each.key(),
                                        hostId(each.by())))
                                .toList())
                .encode();
        ByteBuffer part = ByteBuffer.allocate((int) wanted);
        part.put(0, report, 0, Math.min(report.limit(), part.limit()));
        return new Plan.Send(0, part);
    }

    /** Registrants that come by SCSI have none: theirs is made of their name, always the same. */
    private static String hostId(Registrant who) {
        String name = who.initiator();
        if (name.length() == HOST_ID_DIGITS && name.chars().allMatch(HexFormat::isHexDigit)) {
            return name;
        }
        return UUID.nameUUIDFromBytes((name + " " + who.port()).getBytes(StandardCharsets.UTF_8))
                .toString()
                .replace("-", "");
    }

    private static Optional<ReservationType> type(int dword) {
        int code = dword >>> 8 & 0xFF;
        for (ReservationType type : ReservationType.values()) {
            if (code(type) == code) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    private static int code(ReservationType type) {
        return switch (type) {
            case WRITE_EXCLUSIVE -> ReservationKeys.WRITE_EXCLUSIVE;
            case EXCLUSIVE_ACCESS -> ReservationKeys.EXCLUSIVE_ACCESS;
            case WRITE_EXCLUSIVE_REGISTRANTS_ONLY -> ReservationKeys.WRITE_EXCLUSIVE_REGISTRANTS_ONLY;
            case EXCLUSIVE_ACCESS_REGISTRANTS_ONLY -> ReservationKeys.EXCLUSIVE_ACCESS_REGISTRANTS_ONLY;
            case WRITE_EXCLUSIVE_ALL_REGISTRANTS -> ReservationKeys.WRITE_EXCLUSIVE_ALL_REGISTRANTS;
            case EXCLUSIVE_ACCESS_ALL_REGISTRANTS -> ReservationKeys.EXCLUSIVE_ACCESS_ALL_REGISTRANTS;
        };
    }
}
