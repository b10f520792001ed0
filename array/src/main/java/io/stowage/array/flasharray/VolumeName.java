package io.stowage.array.flasharray;

import java.util.Optional;

/**
 * The full name of a volume: {@code pod::group/volume}, where pod and volume group may be missing. Nothing is checked
 * yet.
 *
 * @param full as it was given
 */
record VolumeName(Optional<String> pod, Optional<String> group, String volume, String full) {
    private static final char GROUP = '/';

    static VolumeName parse(String full) {
        var name = PodName.parse(full);
        var at = name.local().indexOf(GROUP);
        var group = at < 0 ? Optional.<String>empty() : Optional.of(name.local().substring(0, at));
        return new VolumeName(name.pod(), group, name.local().substring(at + 1), full);
    }

    /** The full name of a volume in a group of this full name. */
    static String inGroup(String group, String volume) {
        return group + GROUP + volume;
    }

    /** What follows the pod: the own name of what isn't in a volume group. */
    String withoutPod() {
        return group.map(name -> inGroup(name, volume)).orElse(volume);
    }

    static String full(Optional<String> pod, Optional<String> group, String volume) {
        return PodName.full(pod, group.map(prefix -> inGroup(prefix, volume)).orElse(volume));
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
