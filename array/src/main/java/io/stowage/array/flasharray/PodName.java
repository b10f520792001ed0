package io.stowage.array.flasharray;

import java.util.Optional;

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

    static String full(Optional<String> pod, String local) {
        return pod.map(name -> name + SEPARATOR + local).orElse(local);
    }
}
