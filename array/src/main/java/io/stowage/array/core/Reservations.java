package io.stowage.array.core;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The reservations of one unit, alike for all front ends: what registrants may change about them, and whom they keep
 * out. SPC-4, section 5.13; the reservations of NVMe are the same. May be used by several threads; asking whether
 * anything is reserved takes one volatile read.
 */
public final class Reservations {
    /** More registrants than a cluster has paths; others are refused. */
    public static final int MAX_REGISTRATIONS = 512;

    /** What others have to be told about. */
    public enum Event {
        /** Its registration was taken away. */
        REGISTRATION_PREEMPTED,
        /** All registrations and the reservation were taken away. */
        RESERVATION_PREEMPTED,
        /** The reservation ended. */
        RESERVATION_RELEASED
    }

    /** How a request ended. */
    public enum Verdict {
        DONE,
        /** Who asked isn't registered with the key it gave, or another holds the reservation. */
        CONFLICT,
        /** What is to be released has another type. */
        OTHER_TYPE,
        /** There is no reservation that could be moved. */
        NOTHING_TO_MOVE,
        /** No registrations can be meant by the key 0 here. */
        NO_SUCH_KEY,
        /** There are {@link #MAX_REGISTRATIONS} already. */
        TOO_MANY
    }

    /** @param preempted who lost its registration to the one who asked */
    public record Outcome(Verdict verdict, List<Registrant> preempted) {
        private static Outcome of(Verdict verdict) {
            return new Outcome(verdict, List.of());
        }
    }

    /**
     * How things stand at one moment.
     *
     * @param reserved who has reserved the unit for the time of its session, with the older RESERVE command
     * @param generation counts changes of registrations since the array started
     * @param kept whether all of this is to outlive a restart
     */
    public record State(Reservation reservation, Optional<Registrant> reserved, int generation, boolean kept) {
        private boolean isFree() {
            return reserved.isEmpty() && reservation.hold().isEmpty();
        }
    }

    /** Where reservations are kept and who is told about them. */
    public interface Home {
        /** Makes it durable; one without registrations is forgotten. */
        void keep(Reservation reservation) throws IOException;

        /** Tells a registrant. */
        void tell(Registrant who, Event event);
    }

    private record Notice(Registrant who, Event event) {}

    private final Home home;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile State state;

    /** @param kept what the last run of the array has left, or {@link Reservation#none} */
    public Reservations(Reservation kept, Home home) {
        this.home = home;
        this.state = new State(kept, Optional.empty(), 0, !kept.registrations().isEmpty());
    }

    public State state() {
        return state;
    }

    /** Whether nothing keeps anybody out. */
    public boolean isFree() {
        return state.isFree();
    }

    /**
     * Registers, changes the key of a registration or, with the new key 0, ends it.
     *
     * @param all the registrant on each port that it registers for; the first is the one who asks
     * @param key its present key, 0 for none; empty to ignore it
     * @param keep whether the unit's reservations are to outlive a restart from now on
     */
    public Outcome register(List<Registrant> all, OptionalLong key, long newKey, boolean keep) throws IOException {
        lock.lock();
        try {
            Reservation before = state.reservation();
            long present = before.keyOf(all.getFirst()).orElse(0);
            if (key.isPresent() && key.getAsLong() != present) {
                return Outcome.of(Verdict.CONFLICT);
            }
            if (present == 0 && newKey == 0) {
                return Outcome.of(Verdict.DONE);
            }
            Reservation after = before;
            List<Notice> notices = new ArrayList<>();
            if (newKey == 0) {
                after = before.without(registration -> all.contains(registration.by()));
                if (before.hold().isPresent() && after.hold().isEmpty()) {
                    notices = released(before.hold().get().type(), after, all.getFirst());
                }
            } else {
                for (Registrant each : all) {
                    after = after.with(new Registration(each, newKey));
                }
            }
            if (after.registrations().size() > MAX_REGISTRATIONS) {
                return Outcome.of(Verdict.TOO_MANY);
            }
            become(after, 1, keep, notices);
            return Outcome.of(Verdict.DONE);
        } finally {
            lock.unlock();
        }
    }

    /** Takes the reservation, if nobody else has it. */
    public Outcome reserve(Registrant who, long key, ReservationType type) throws IOException {
        lock.lock();
        try {
            Reservation before = state.reservation();
            Optional<Reservation.Hold> hold = before.hold();
            boolean other =
                    hold.isPresent() && (!before.isHeldBy(who) || hold.get().type() != type);
            if (!before.isRegistered(who, key) || other) {
                return Outcome.of(Verdict.CONFLICT);
            }
            if (hold.isEmpty()) {
                become(before.heldBy(who, type), 0, state.kept(), List.of());
            }
            return Outcome.of(Verdict.DONE);
        } finally {
            lock.unlock();
        }
    }

    /** Gives the reservation up; nothing happens if who asks doesn't hold it. */
    public Outcome release(Registrant who, long key, ReservationType type) throws IOException {
        lock.lock();
        try {
            Reservation before = state.reservation();
            if (!before.isRegistered(who, key)) {
                return Outcome.of(Verdict.CONFLICT);
            }
            if (!before.isHeldBy(who)) {
                return Outcome.of(Verdict.DONE);
            }
            if (before.hold().orElseThrow().type() != type) {
                return Outcome.of(Verdict.OTHER_TYPE);
            }
            become(before.released(), 0, state.kept(), released(type, before, who));
            return Outcome.of(Verdict.DONE);
        } finally {
            lock.unlock();
        }
    }

    /** Ends the reservation and all registrations. */
    public Outcome clear(Registrant who, long key) throws IOException {
        lock.lock();
        try {
            Reservation before = state.reservation();
            if (!before.isRegistered(who, key)) {
                return Outcome.of(Verdict.CONFLICT);
            }
            become(
                    Reservation.none(before.volume()),
                    1,
                    state.kept(),
                    others(before, who, Event.RESERVATION_PREEMPTED));
            return Outcome.of(Verdict.DONE);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes the registrations with a key away and, if the reservation was theirs, takes it over.
     *
     * @param victims their key; 0 for all others where each registrant holds the reservation
     */
    public Outcome preempt(Registrant who, long key, long victims, ReservationType type) throws IOException {
        lock.lock();
        try {
            Reservation before = state.reservation();
            if (!before.isRegistered(who, key)) {
                return Outcome.of(Verdict.CONFLICT);
            }
            boolean heldByAll =
                    before.hold().map(hold -> hold.type().isHeldByAll()).orElse(false);
            if (victims == 0 && !heldByAll) {
                return Outcome.of(Verdict.NO_SUCH_KEY);
            }
            boolean takesOver = heldByAll ? victims == 0 : holdersKey(before).equals(OptionalLong.of(victims));
            List<Registrant> lost = before.registrations().stream()
                    .filter(registration -> victims == 0 || registration.key() == victims)
                    .map(Registration::by)
                    .filter(registrant -> !takesOver || !registrant.equals(who))
                    .toList();
            if (lost.isEmpty() && !takesOver) {
                return Outcome.of(Verdict.CONFLICT);
            }
            Reservation left = before.without(registration -> lost.contains(registration.by()));
            Reservation after = takesOver ? left.heldBy(who, type) : left;
            List<Notice> notices = new ArrayList<>();
            for (Registrant each : lost) {
                if (!each.equals(who)) {
                    notices.add(new Notice(each, Event.REGISTRATION_PREEMPTED));
                }
            }
            if (takesOver && before.hold().orElseThrow().type() != type) {
                notices.addAll(others(after, who, Event.RESERVATION_RELEASED));
            }
            become(after, 1, state.kept(), notices);
            return new Outcome(Verdict.DONE, lost);
        } finally {
            lock.unlock();
        }
    }

    /** Gives the reservation to another, which is registered with {@code newKey} for it. */
    public Outcome move(Registrant who, long key, Registrant to, long newKey, boolean unregister, boolean keep)
            throws IOException {
        lock.lock();
        try {
            Reservation before = state.reservation();
            if (!before.isRegistered(who, key)) {
                return Outcome.of(Verdict.CONFLICT);
            }
            if (before.hold().isEmpty()) {
                return Outcome.of(Verdict.NOTHING_TO_MOVE);
            }
            ReservationType type = before.hold().get().type();
            if (type.isHeldByAll() || !before.isHeldBy(who)) {
                return Outcome.of(Verdict.CONFLICT);
            }
            Reservation after = before.with(new Registration(to, newKey)).heldBy(to, type);
            if (unregister) {
                after = after.without(registration -> registration.by().equals(who));
            }
            if (after.registrations().size() > MAX_REGISTRATIONS) {
                return Outcome.of(Verdict.TOO_MANY);
            }
            become(after, 1, keep, List.of());
            return Outcome.of(Verdict.DONE);
        } finally {
            lock.unlock();
        }
    }

    /** Whether all of this is to outlive a restart from now on. */
    public void keep(boolean keep) throws IOException {
        lock.lock();
        try {
            if (keep != state.kept()) {
                become(state.reservation(), 0, keep, List.of());
            }
        } finally {
            lock.unlock();
        }
    }

    /** Reserves the unit for the time of a session; false if another has, or anybody has registered. */
    public boolean reserveForSession(Registrant who) {
        lock.lock();
        try {
            boolean taken =
                    state.reserved().filter(holder -> !holder.equals(who)).isPresent();
            if (taken || !state.reservation().registrations().isEmpty()) {
                return false;
            }
            reserved(Optional.of(who));
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Ends what {@link #reserveForSession} began, if it was this registrant. */
    public void endSession(Registrant who) {
        lock.lock();
        try {
            if (state.reserved().filter(who::equals).isPresent()) {
                reserved(Optional.empty());
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends what {@link #reserveForSession} began, whoever it was; registrations stay. */
    public void reset() {
        lock.lock();
        try {
            reserved(Optional.empty());
        } finally {
            lock.unlock();
        }
    }

    private void reserved(Optional<Registrant> who) {
        state = new State(state.reservation(), who, state.generation(), state.kept());
    }

    private static OptionalLong holdersKey(Reservation reservation) {
        return reservation
                .hold()
                .flatMap(Reservation.Hold::by)
                .map(reservation::keyOf)
                .orElse(OptionalLong.empty());
    }

    /** Only those are told who could use the unit because of the reservation. SPC-4, section 5.13.11.2. */
    private static List<Notice> released(ReservationType type, Reservation left, Registrant by) {
        return type.isForRegistrants() ? others(left, by, Event.RESERVATION_RELEASED) : List.of();
    }

    private static List<Notice> others(Reservation reservation, Registrant who, Event event) {
        return reservation.registrations().stream()
                .map(Registration::by)
                .filter(registrant -> !registrant.equals(who))
                .map(registrant -> new Notice(registrant, event))
                .toList();
    }

    /** First durable, then valid, then told. */
    private void become(Reservation after, int step, boolean keep, List<Notice> notices) throws IOException {
        if (keep) {
            home.keep(after);
        } else if (state.kept()) {
            home.keep(Reservation.none(after.volume()));
        }
        state = new State(after, state.reserved(), state.generation() + step, keep);
        notices.forEach(notice -> home.tell(notice.who(), notice.event()));
    }
}
