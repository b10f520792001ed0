package io.stowage.array.scsi;

import io.stowage.array.core.Aborter;
import io.stowage.array.core.LogicalUnit;
import io.stowage.array.core.Registrant;
import io.stowage.array.core.Reservation;
import io.stowage.array.core.ReservationType;
import io.stowage.array.core.Reservations;
import io.stowage.iscsi.scsi.Cdb;
import io.stowage.iscsi.scsi.PersistentReserve;
import io.stowage.iscsi.scsi.ReservationData;
import io.stowage.iscsi.scsi.Sense;
import io.stowage.iscsi.scsi.TransportId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * PERSISTENT RESERVE IN and OUT, and the older RESERVE(6) and RELEASE(6). SPC-4, sections 6.15 and 6.16; SPC-2, sections
 * 7.21 and 7.17.
 *
 * <p>SPEC_I_PT is refused, as REPORT CAPABILITIES says: nobody registers for others that have never been here.
 */
final class ReservationCommands {
    /** The TransportID of REGISTER AND MOVE has at most 248 bytes. */
    private static final int LONGEST_LIST = 1024;

    private static final int UNIT_SCOPE = 0;

    private final TargetDevice device;
    private final Aborter aborter;

    ReservationCommands(TargetDevice device, Aborter aborter) {
        this.device = device;
        this.aborter = aborter;
    }

    /** RESERVE(6). */
    static Plan reserve(Nexus nexus, LogicalUnit unit, Cdb.Reserve command) {
        if (command.options() != 0) {
            return new Plan.Refuse(Sense.invalidFieldInCdb(1));
        }
        if (!unit.reservations().reserveForSession(nexus.registrant())) {
            return new Plan.Conflict();
        }
        nexus.hasReserved(unit);
        return Plan.GOOD;
    }

    /** RELEASE(6), which harms nobody who doesn't hold it. */
    static Plan release(Nexus nexus, LogicalUnit unit, Cdb.Release command) {
        if (command.options() != 0) {
            return new Plan.Refuse(Sense.invalidFieldInCdb(1));
        }
        Reservations reservations = unit.reservations();
        if (!reservations.state().reservation().registrations().isEmpty()) {
            return new Plan.Conflict();
        }
        reservations.endSession(nexus.registrant());
        return Plan.GOOD;
    }

    /** PERSISTENT RESERVE IN. */
    static Plan in(LogicalUnit unit, Cdb.PersistentReserveIn command) {
        Reservations.State state = unit.reservations().state();
        Reservation reservation = state.reservation();
        Optional<Integer> type = reservation.hold().map(hold -> code(hold.type()));
        ByteBuffer data;
        switch (command.action()) {
            case PersistentReserve.READ_KEYS ->
                data = ReservationData.keys(
                        state.generation(),
                        reservation.registrations().stream()
                                .map(registration -> registration.key())
                                .toList());
            case PersistentReserve.READ_RESERVATION ->
                data = ReservationData.reservation(
                        state.generation(), type.map(code -> new ReservationData.Held(holdersKey(reservation), code)));
            case PersistentReserve.REPORT_CAPABILITIES -> data = ReservationData.capabilities(state.kept());
            case PersistentReserve.READ_FULL_STATUS ->
                data = ReservationData.fullStatus(
                        state.generation(),
                        reservation.registrations().stream()
                                .map(registration -> new ReservationData.Status(
                                        registration.key(),
                                        type.filter(code -> reservation.isHeldBy(registration.by())),
                                        registration.by().port(),
                                        new TransportId(registration.by().initiator())))
                                .toList());
            default -> {
                return new Plan.Refuse(Sense.invalidFieldInCdb(1));
            }
        }
        return DeviceServer.cut(data, command.allocation());
    }

    /** 0 where there is more than one holder. */
    private static long holdersKey(Reservation reservation) {
        return reservation
                .hold()
                .flatMap(Reservation.Hold::by)
                .map(holder -> reservation.keyOf(holder).orElse(0))
                .orElse(0L);
    }

    /** PERSISTENT RESERVE OUT. */
    Plan out(Nexus nexus, LogicalUnit unit, Cdb.PersistentReserveOut command) {
        int action = command.action();
        if (action > PersistentReserve.REGISTER_AND_MOVE) {
            return new Plan.Refuse(Sense.invalidFieldInCdb(1));
        }
        boolean typed = action == PersistentReserve.RESERVE
                || action == PersistentReserve.RELEASE
                || action == PersistentReserve.PREEMPT
                || action == PersistentReserve.PREEMPT_AND_ABORT;
        if (typed && (command.scope() != UNIT_SCOPE || type(command.type()).isEmpty())) {
            return new Plan.Refuse(Sense.invalidFieldInCdb(2));
        }
        boolean moves = action == PersistentReserve.REGISTER_AND_MOVE;
        long length = command.length();
        if (length < PersistentReserve.LENGTH || length > (moves ? LONGEST_LIST : PersistentReserve.LENGTH)) {
            return new Plan.Refuse(Sense.PARAMETER_LIST_LENGTH);
        }
        return new Plan.Run(
                (int) length,
                Plan.Pace.SLOW,
                data -> moves
                        ? move(nexus.registrant(), unit, data)
                        : change(nexus.registrant(), unit, command, PersistentReserve.parse(data)));
    }

    private Ending change(Registrant who, LogicalUnit unit, Cdb.PersistentReserveOut command, PersistentReserve list)
            throws IOException {
        Reservations reservations = unit.reservations();
        boolean registers = command.action() == PersistentReserve.REGISTER
                || command.action() == PersistentReserve.REGISTER_AND_IGNORE_KEY;
        if (registers && list.specified()) {
            return Ending.check(Sense.invalidFieldInParameters(PersistentReserve.FLAGS));
        }
        Optional<ReservationType> type = type(command.type());
        return switch (command.action()) {
            case PersistentReserve.REGISTER ->
                ending(reservations.register(
                        ports(who, list), OptionalLong.of(list.key()), list.actionKey(), list.keep()));
            case PersistentReserve.REGISTER_AND_IGNORE_KEY ->
                ending(reservations.register(ports(who, list), OptionalLong.empty(), list.actionKey(), list.keep()));
            case PersistentReserve.RESERVE -> ending(reservations.reserve(who, list.key(), type.orElseThrow()));
            case PersistentReserve.RELEASE -> ending(reservations.release(who, list.key(), type.orElseThrow()));
            case PersistentReserve.CLEAR -> ending(reservations.clear(who, list.key()));
            case PersistentReserve.PREEMPT ->
                ending(reservations.preempt(who, list.key(), list.actionKey(), type.orElseThrow()));
            case PersistentReserve.PREEMPT_AND_ABORT -> {
                Reservations.Outcome outcome =
                        reservations.preempt(who, list.key(), list.actionKey(), type.orElseThrow());
                if (!outcome.preempted().isEmpty()) {
                    aborter.abort(unit, outcome.preempted());
                }
                yield ending(outcome);
            }
            default -> throw new IllegalArgumentException("service action " + command.action());
        };
    }

    private Ending move(Registrant who, LogicalUnit unit, ByteBuffer data) throws IOException {
        Optional<PersistentReserve.Move> parsed = PersistentReserve.Move.parse(data);
        if (parsed.isEmpty()) {
            return Ending.check(Sense.PARAMETER_LIST_LENGTH);
        }
        PersistentReserve.Move move = parsed.get();
        if (move.actionKey() == 0) {
            return Ending.check(Sense.invalidFieldInParameters(8));
        }
        if (!device.ports().contains(move.port())) {
            return Ending.check(Sense.invalidFieldInParameters(18));
        }
        Optional<Registrant> to =
                move.to().map(name -> new Registrant(name.port().toLowerCase(Locale.ROOT), move.port()));
        if (to.isEmpty() || to.get().equals(who)) {
            return Ending.check(Sense.invalidFieldInParameters(PersistentReserve.LENGTH));
        }
        return ending(
                unit.reservations().move(who, move.key(), to.get(), move.actionKey(), move.unregister(), move.keep()));
    }

    /** Who asks on this port and, if so wanted, on all others. */
    private List<Registrant> ports(Registrant who, PersistentReserve list) {
        List<Registrant> all = new ArrayList<>(List.of(who));
        if (list.allPorts()) {
            for (int port : device.ports()) {
                if (port != who.port()) {
                    all.add(new Registrant(who.initiator(), port));
                }
            }
        }
        return all;
    }

    private static Ending ending(Reservations.Outcome outcome) {
        return switch (outcome.verdict()) {
            case DONE -> Ending.GOOD;
            case CONFLICT -> Ending.CONFLICT;
            case OTHER_TYPE -> Ending.check(Sense.INVALID_RELEASE);
            case NOTHING_TO_MOVE -> Ending.check(Sense.invalidFieldInCdb(1));
            case NO_SUCH_KEY -> Ending.check(Sense.invalidFieldInParameters(8));
            case TOO_MANY -> Ending.check(Sense.NO_ROOM_FOR_REGISTRATION);
        };
    }

    private static Optional<ReservationType> type(int code) {
        for (ReservationType type : ReservationType.values()) {
            if (code(type) == code) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    /** SPC-4, table 64. */
    private static int code(ReservationType type) {
        return switch (type) {
            case WRITE_EXCLUSIVE -> 1;
            case EXCLUSIVE_ACCESS -> 3;
            case WRITE_EXCLUSIVE_REGISTRANTS_ONLY -> 5;
            case EXCLUSIVE_ACCESS_REGISTRANTS_ONLY -> 6;
            case WRITE_EXCLUSIVE_ALL_REGISTRANTS -> 7;
            case EXCLUSIVE_ACCESS_ALL_REGISTRANTS -> 8;
        };
    }
}
