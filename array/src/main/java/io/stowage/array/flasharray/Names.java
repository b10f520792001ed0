package io.stowage.array.flasharray;

import java.util.regex.Pattern;

/** The rules of names. */
final class Names {
    private static final Pattern GENERAL = Pattern.compile("(?=.*[A-Za-z])[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?");
    private static final Pattern VOLUME = Pattern.compile("(?=.*[A-Za-z])[A-Za-z0-9]([A-Za-z0-9_-]{0,61}[A-Za-z0-9])?");

    private Names() {}

    /** The names of pods, hosts and groups. */
    static String general(String kind, String name) {
        return require(GENERAL, name, Wording.nameRule(kind));
    }

    /** The last part of a volume's name. */
    static String volume(String name, String context) {
        if (!VOLUME.matcher(name).matches()) {
            throw Refusal.of(context, Wording.VOLUME_NAME);
        }
        return name;
    }

    /** The last part of a volume group's name. */
    static String volumeGroup(String name, String context) {
        if (!VOLUME.matcher(name).matches()) {
            throw Refusal.of(context, Wording.VOLUME_GROUP_NAME);
        }
        return name;
    }

    /** The suffix that a client gives to a snapshot: numbers are the array's own. */
    static String suffix(String suffix) {
        return require(GENERAL, suffix, Wording.nameRule("Volume snapshot suffix"));
    }

    private static String require(Pattern pattern, String name, String rule) {
        if (!pattern.matcher(name).matches()) {
            throw Refusal.of(name, rule);
        }
        return name;
    }
}
