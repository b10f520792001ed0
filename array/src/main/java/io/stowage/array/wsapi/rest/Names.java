package io.stowage.array.wsapi.rest;

import java.util.regex.Pattern;

/** The rules of names (section 12): letters, digits, {@code .}, {@code -} and {@code _}, the hyphen not first. */
public final class Names {
    /** Of hosts, CPGs and sets. */
    public static final int LONGEST = 31;

    /** Of volumes and snapshots: LXD's have up to 37 characters. */
    public static final int LONGEST_VOLUME = 55;

    private static final Pattern LEGAL = Pattern.compile("[A-Za-z0-9._][A-Za-z0-9._-]*");

    private Names() {}

    /**
     * Refuses a name that breaks the rules.
     *
     * @param member of the request, to be named in the refusal
     * @param longest characters
     */
    public static String require(String member, String name, int longest) {
        if (name.length() > longest) {
            throw Problem.EXCEEDS_LENGTH.of(member);
        }
        if (!LEGAL.matcher(name).matches()) {
            throw Problem.ILLEGAL_CHAR.of(member);
        }
        return name;
    }
}
