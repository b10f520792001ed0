package io.stowage.array.flasharray;

import java.util.Optional;

/**
 * The full name of a volume: {@code pod::volume}, or {@code volume} outside of all pods. Nothing is checked yet.
 *
 * @param full as it was given
 */
record VolumeName(Optional<String> pod, String volume, String full) {
    private static final String SEPARATOR = "::";

    static VolumeName parse(String full) {
        var at = full.indexOf(SEPARATOR);
        return at < 0
                ? new VolumeName(Optional.empty(), full, full)
                : new VolumeName(Optional.of(full.substring(0, at)), full.substring(at + SEPARATOR.length()), full);
    }

    static String full(Optional<String> pod, String volume) {
        return pod.map(name -> name + SEPARATOR + volume).orElse(volume);
    }

    /** The volume and the suffix of a snapshot's full name; empty when it has no suffix. */
    static Optional<OfSnapshot> ofSnapshot(String full) {
        var name = parse(full);
        var dot = name.volume().indexOf('.');
        return dot < 0
                ? Optional.empty()
                : Optional.of(new OfSnapshot(
                        parse(full.substring(0, full.length() - name.volume().length() + dot)),
                        name.volume().substring(dot + 1)));
    }

    /** A snapshot's name in its parts. */
    record OfSnapshot(VolumeName volume, String suffix) {}
}
