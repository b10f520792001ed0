package io.stowage.array.flasharray;

import java.util.regex.Pattern;

/** The rules of names. */
final class Names {
    private static final Pattern GENERAL = Pattern.compile("(?=.*[A-Za-z])[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?");
    private static final Pattern VOLUME = Pattern.compile("(?=.*[A-Za-z])[A-Za-z0-9]([A-Za-z0-9_-]{0,61}[A-Za-z0-9])?");

    private static final int LONGEST_ARRAY = 56;

    private Names() {}

    /** The names of pods, hosts and groups. */
    static String general(String kind, String name) {
        return general(kind, name, name);
    }

    /** @param context the full name, of which this is the last part */
    static String general(String kind, String name, String context) {
        return require(GENERAL, name, context, Wording.nameRule(kind));
    }

    /** The array's own name: a general one, but shorter. */
    static String array(String name) {
        if (name.length() > LONGEST_ARRAY) {
            throw Refusal.of(name, Wording.ARRAY_NAME);
        }
        return require(GENERAL, name, name, Wording.ARRAY_NAME);
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
        return suffix("Volume snapshot", suffix);
    }

    /** @param kind what it is a suffix of */
    static String suffix(String kind, String suffix) {
        return require(GENERAL, suffix, suffix, Wording.nameRule(kind + " suffix"));
    }

    private static String require(Pattern pattern, String name, String context, String rule) {
        if (!pattern.matcher(name).matches()) {
            throw Refusal.of(context, rule);
        }
        return name;
    }
}
