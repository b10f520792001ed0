package io.stowage.array.core;

import io.stowage.array.store.StoreException;
import java.io.IOException;
import java.util.List;

/** Keeps the reservations of an estate's units as its records, and tells front ends about them. */
final class ReservationHome {
    private final Estate estate;
    private final List<LogicalUnits.Watcher> watchers;

    ReservationHome(Estate estate, List<LogicalUnits.Watcher> watchers) {
        this.estate = estate;
        this.watchers = watchers;
    }

    Reservations.Home of(LogicalUnit unit) {
        return new Reservations.Home() {
            @Override
            public void keep(Reservation reservation) throws IOException {
                try {
                    estate.change(draft -> put(draft, reservation));
                } catch (StoreException e) {
                    throw new IOException("The reservation of " + unit + " can't be kept: " + e.getMessage(), e);
                }
            }

            @Override
            public void tell(Registrant who, Reservations.Event event) {
                watchers.forEach(watcher -> watcher.reservationChanged(unit, who, event));
            }
        };
    }

    private static boolean put(Draft draft, Reservation reservation) {
        var volume = reservation.volume();
        if (draft.objects().volume(volume).isEmpty()) {
            return false; // eradicated while the command was under way: nothing may be left of it
        }
        if (!reservation.registrations().isEmpty()) {
            draft.put(reservation);
        } else {
            draft.objects().reservation(volume).ifPresent(draft::remove);
        }
        return true;
    }
}
