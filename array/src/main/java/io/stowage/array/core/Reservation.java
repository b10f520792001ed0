package io.stowage.array.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Who has registered for a volume, and who keeps others off it. As a record of the estate it outlives restarts.
 *
 * @param registrations at most one per registrant, in the order in which they came
 * @param hold the reservation itself, if there is one
 */
public record Reservation(UUID volume, List<Registration> registrations, Optional<Hold> hold) implements Entity {

    /** @param by the holder; empty when each registrant is one */
    public record Hold(ReservationType type, Optional<Registrant> by) {}

    public Reservation {
        registrations = List.copyOf(registrations);
    }

    /** Nobody has registered. */
    public static Reservation none(UUID volume) {
        return new Reservation(volume, List.of(), Optional.empty());
    }

    @Override
    public UUID id() {
        return volume;
    }

    /** The key of a registrant. */
    public OptionalLong keyOf(Registrant who) {
        return registrations.stream()
                .filter(registration -> registration.by().equals(who))
                .mapToLong(Registration::key)
                .findFirst();
    }

    boolean isRegistered(Registrant who, long key) {
        return registrations.contains(new Registration(who, key));
    }

    /** Whether the registrant holds the reservation, alone or with others. */
    public boolean isHeldBy(Registrant who) {
        return hold.isPresent()
                && hold.get().by().map(who::equals).orElseGet(() -> keyOf(who).isPresent());
    }

    /** Whether the registrant may read or, with {@code writing}, write. */
    public boolean admits(Registrant who, boolean writing) {
        if (hold.isEmpty() || isHeldBy(who)) {
            return true;
        }
        ReservationType type = hold.get().type();
        return !writing && !type.keepsReadersOut()
                || type.isForRegistrants() && keyOf(who).isPresent();
    }

    /** With this registration, in the place of the registrant's present one if there is one. */
    Reservation with(Registration added) {
        List<Registration> all = new ArrayList<>(registrations);
        all.replaceAll(present -> present.by().equals(added.by()) ? added : present);
        if (!all.contains(added)) {
            all.add(added);
        }
        return new Reservation(volume, all, hold);
    }

    /** Without these registrations, and without the reservation if it was theirs alone. */
    Reservation without(Predicate<Registration> which) {
        List<Registration> left = registrations.stream().filter(which.negate()).toList();
        boolean stillHeld = !left.isEmpty()
                && hold.flatMap(Hold::by)
                        .map(holder -> left.stream().anyMatch(each -> each.by().equals(holder)))
                        .orElse(true);
        return new Reservation(volume, left, stillHeld ? hold : Optional.empty());
    }

    Reservation heldBy(Registrant who, ReservationType type) {
        Optional<Registrant> holder = type.isHeldByAll() ? Optional.empty() : Optional.of(who);
        return new Reservation(volume, registrations, Optional.of(new Hold(type, holder)));
    }

    Reservation released() {
        return new Reservation(volume, registrations, Optional.empty());
    }
}
