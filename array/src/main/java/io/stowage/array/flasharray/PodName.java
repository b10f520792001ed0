package io.stowage.array.flasharray;

import io.stowage.array.core.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * The full name of something in a pod, {@code pod::local}, or outside of all pods, {@code local}.
 *
 * @param full as it was given
 */
record PodName(Optional<String> pod, String local, String full) {
    private static final String SEPARATOR = "::";

    static PodName parse(String full) {
        var at = full.indexOf(SEPARATOR);
        return at < 0
                ? new PodName(Optional.empty(), full, full)
                : new PodName(Optional.of(full.substring(0, at)), full.substring(at + SEPARATOR.length()), full);
    }

    /**
     * The pod that the name speaks of; empty when it speaks of none.
     *
     * @throws Refusal there is no such pod, or it has been destroyed
     */
    Optional<UUID> livePod(Objects objects) {
        if (pod.isEmpty()) {
            return Optional.empty();
        }
        var found = pod.flatMap(objects::container).orElseThrow(() -> Refusal.of(full, Wording.POD_MISSING));
        if (found.isDestroyed()) {
            throw Refusal.of(full, Wording.POD_DESTROYED);
        }
        return Optional.of(found.id());
    }

    static String full(Optional<String> pod, String local) {
        return pod.map(name -> name + SEPARATOR + local).orElse(local);
    }
}
