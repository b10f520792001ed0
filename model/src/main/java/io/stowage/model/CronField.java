package io.stowage.model;

import java.util.BitSet;
import java.util.List;

/**
 * One of the five fields of a cron expression: a list of numbers, names, ranges and steps, or a star (a question mark is
 * the same).
 *
 * @param any whether it holds nothing back: a star without a step
 */
record CronField(BitSet values, boolean any) {
    /** What a field may hold. @param names of the values from {@code lowest} on; empty if they have none */
    enum Kind {
        MINUTE(0, 59, List.of()),
        HOUR(0, 23, List.of()),
        DAY(1, 31, List.of()),
        MONTH(1, 12, List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")),
        WEEKDAY(0, 6, List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat"));

        private final int lowest;
        private final int highest;
        private final List<String> names;

        Kind(int lowest, int highest, List<String> names) {
            this.lowest = lowest;
            this.highest = highest;
            this.names = names;
        }
    }

    /** Reads a field in lower case. @throws InvalidValue with what is wrong */
    static CronField parse(Kind kind, String text) {
        var values = new BitSet();
        var any = false;
        for (var part : text.split(",", -1)) any |= add(kind, part, values);
        return new CronField(values, any);
    }

    private static boolean add(Kind kind, String part, BitSet values) {
        var slash = part.split("/", -1);
        if (slash.length > 2) throw new InvalidValue("too many slashes: " + part);
        var ends = slash[0].split("-", -1);
        if (ends.length > 2) throw new InvalidValue("too many hyphens: " + part);
        var star = ends[0].equals("*") || ends[0].equals("?");
        if (star && ends.length == 2) throw new InvalidValue("a star has no range: " + part);
        var from = star ? kind.lowest : number(kind, ends[0]);
        var to = star || (ends.length == 1 && slash.length == 2) ? kind.highest : number(kind, ends[ends.length - 1]);
        var step = slash.length == 1 ? 1 : whole(slash[1]);
        if (from < kind.lowest)
            throw new InvalidValue("beginning of range (%d) below minimum (%d): %s".formatted(from, kind.lowest, part));
        if (to > kind.highest)
            throw new InvalidValue("end of range (%d) above maximum (%d): %s".formatted(to, kind.highest, part));
        if (from > to)
            throw new InvalidValue("beginning of range (%d) beyond end of range (%d): %s".formatted(from, to, part));
        if (step == 0) throw new InvalidValue("step of range should be a positive number: " + part);
        for (int value = from; value <= to; value += step) values.set(value);
        return star && step == 1;
    }

    private static int number(Kind kind, String text) {
        var named = kind.names.indexOf(text);
        return named >= 0 ? kind.lowest + named : whole(text);
    }

    private static int whole(String text) {
        if (!text.matches("[0-9]{1,4}")) throw new InvalidValue("failed to parse int from \"%s\"".formatted(text));
        return Integer.parseInt(text);
    }

    boolean has(int value) {
        return values.get(value);
    }
}
