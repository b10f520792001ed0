package io.stowage.array.flasharray;

import java.util.Optional;

/**
 * The full name of a volume: {@code pod::group/volume}, where pod and volume group may be missing. Nothing is checked
 * yet.
 *
 * @param full as it was given
 */
record VolumeName(Optional<String> pod, Optional<String> group, String volume, String full) {
    private static final String POD = "::";
    private static final String GROUP = "/";

    static VolumeName parse(String full) {
        var pod = before(full, POD);
        var rest = pod.map(name -> full.substring(name.length() + POD.length())).orElse(full);
        var group = before(rest, GROUP);
        var volume = group.map(name -> rest.substring(name.length() + GROUP.length()))
                .orElse(rest);
        return new VolumeName(pod, group, volume, full);
    }

    private static Optional<String> before(String name, String separator) {
        var at = name.indexOf(separator);
        return at < 0 ? Optional.empty() : Optional.of(name.substring(0, at));
    }

    /** The full name of what is in a pod, or outside of all. */
    static String full(Optional<String> pod, String name) {
        return pod.map(prefix -> prefix + POD + name).orElse(name);
    }

    /** The full name of a volume in a group of this full name. */
    static String inGroup(String group, String volume) {
        return group + GROUP + volume;
    }

    /** What follows the pod: the own name of what isn't in a volume group. */
    String withoutPod() {
        return pod.map(name -> full.substring(name.length() + POD.length())).orElse(full);
    }

    static String full(Optional<String> pod, Optional<String> group, String volume) {
        return full(pod, group.map(prefix -> inGroup(prefix, volume)).orElse(volume));
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
