package io.stowage.model;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Which names people may give (LXD's rules). Each method throws {@link InvalidValue} with a sentence for a bad one. */
public final class Names {
    private static final int LONGEST = 255;
    private static final Pattern BLANK = Pattern.compile("\\s", Pattern.UNICODE_CHARACTER_CLASS);

    private Names() {}

    /** A pool: ASCII, no leading dot or hyphen, no slash, no white space. Arrays may be stricter. */
    public static void checkPool(String name) {
        checkCommon("pool", name);
        checkStart("pool", name);
        if (!name.chars().allMatch(c -> c > 0x20 && c < 0x7f))
            throw new InvalidValue("pool name", name, "only ASCII characters are allowed");
    }

    /** A custom volume: not {@code .} or {@code ..}, no slash or backslash, no white space. */
    public static void checkVolume(String name) {
        checkCommon("volume", name);
        if (name.equals(".") || name.equals("..") || name.indexOf('\\') >= 0)
            throw new InvalidValue("volume name", name, "\".\", \"..\" and names with a backslash are not allowed");
    }

    /** A snapshot, without its volume's name: no leading dot or hyphen, no slash, no white space. */
    public static void checkSnapshot(String name) {
        checkCommon("snapshot", name);
        checkStart("snapshot", name);
    }

    /** The folder a volume is mounted at, which is no longer than a file system allows: 255 bytes. */
    public static void checkFolder(String folder, String volume) {
        if (folder.getBytes(StandardCharsets.UTF_8).length > LONGEST)
            throw new InvalidValue(
                    "volume name",
                    shortened(volume),
                    "with the project's name it is longer than " + LONGEST + " bytes");
    }

    private static String shortened(String name) {
        return name.substring(0, name.offsetByCodePoints(0, Math.min(40, name.codePointCount(0, name.length())))) + "…";
    }

    /** Names are folders' names, too: as long as a file system allows. */
    private static void checkCommon(String what, String name) {
        if (name.isEmpty()) throw new InvalidValue(what + " name", name, "it is empty");
        if (name.getBytes(StandardCharsets.UTF_8).length > LONGEST)
            throw new InvalidValue(what + " name", shortened(name), "longer than " + LONGEST + " bytes");
        if (name.indexOf('/') >= 0) throw new InvalidValue(what + " name", name, "it may not contain a slash");
        if (BLANK.matcher(name).find() || name.chars().anyMatch(Character::isISOControl))
            throw new InvalidValue(what + " name", name, "it may not contain white space or control characters");
    }

    private static void checkStart(String what, String name) {
        if (name.startsWith(".") || name.startsWith("-"))
            throw new InvalidValue(what + " name", name, "it may not start with a dot or a hyphen");
    }
}
