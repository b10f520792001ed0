package io.stowage.array.wsapi.volume;

import io.stowage.array.core.Estate;
import io.stowage.array.core.Objects;
import io.stowage.array.core.Volume;
import io.stowage.array.wsapi.rest.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Removes volumes whose expiration time has come, unless something keeps them: an export, a set, a child, a retention, a
 * task. Those are tried again later. Nobody looks through all volumes for that before the first of them is due.
 */
final class Expiry {
    private final Estate estate;

    /** No volume that isn't kept expires before. */
    private final AtomicReference<Instant> next = new AtomicReference<>(Instant.MIN);

    Expiry(Estate estate) {
        this.estate = estate;
    }

    /** Has to hear of each volume that gets an expiration time; returns it. */
    Volume noting(Volume volume) {
        Traits.of(volume).expires().ifPresent(end -> next.accumulateAndGet(end, Expiry::earlier));
        return volume;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    /** Removes what is due; cheap when nothing is. */
    void runIfDue() {
        if (!estate.time().instant().isBefore(next.get())) {
            run();
        }
    }

    /** Removes what is due, those among it that were kept before. */
    void run() {
        var now = estate.time().instant();
        next.set(Instant.MAX); // what is noted from here on lowers it again
        estate.read(objects -> objects.volumes().stream()
                        .flatMap(volume -> Traits.of(volume).expires().stream())
                        .filter(now::isBefore)
                        .min(Instant::compareTo))
                .ifPresent(end -> next.accumulateAndGet(end, Expiry::earlier));
        List<UUID> due = estate.read(objects -> removals(objects, now));
        if (!due.isEmpty()) {
            estate.change(draft -> {
                for (var id : due) {
                    draft.objects()
                            .volume(id)
                            .flatMap(volume -> removal(draft.objects(), volume, now))
                            .ifPresent(removal -> removal.run(draft));
                }
                return due.size();
            });
        }
    }

    private static List<UUID> removals(Objects objects, Instant now) {
        return objects.volumes().stream()
                .filter(volume -> removal(objects, volume, now).isPresent())
                .map(Volume::id)
                .toList();
    }

    private static Optional<Removal> removal(Objects objects, Volume volume, Instant now) {
        if (Traits.of(volume).expires().filter(end -> !now.isBefore(end)).isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Removal.of(objects, volume, false, now));
        } catch (Refusal kept) {
            return Optional.empty();
        }
    }
}
