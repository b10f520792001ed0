package io.stowage.model;

import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Formats a time by a layout of Go's {@code time} package: the layout shows how Monday, 2 January 2006, 15:04:05 -0700 would
 * be written.
 */
final class GoTimeLayout {
    /** A word of Go's layouts and how Java writes it. */
    private record Word(String go, String java) {}

    /** A word that begins like another stands before it. */
    private static final List<Word> WORDS = List.of(
            new Word("January", "LLLL"),
            new Word("Jan(?![a-z])", "LLL"),
            new Word("Monday", "EEEE"),
            new Word("Mon(?![a-z])", "EEE"),
            new Word("MST", "zzz"),
            new Word("2006", "uuuu"),
            new Word("-07:00:00", "xxxxx"),
            new Word("-070000", "xxxx"),
            new Word("-07:00", "xxx"),
            new Word("-0700", "xx"),
            new Word("-07", "x"),
            new Word("Z07:00:00", "XXXXX"),
            new Word("Z070000", "XXXX"),
            new Word("Z07:00", "XXX"),
            new Word("Z0700", "XX"),
            new Word("Z07", "X"),
            new Word("__2", "pppD"),
            new Word("_2(?!006)", "ppd"),
            new Word("002", "DDD"),
            new Word("01", "MM"),
            new Word("02", "dd"),
            new Word("03", "hh"),
            new Word("04", "mm"),
            new Word("05", "ss"),
            new Word("06", "uu"),
            new Word("15", "HH"),
            new Word("PM", "a"),
            new Word("pm", "a"),
            new Word("1", "M"),
            new Word("2", "d"),
            new Word("3", "h"),
            new Word("4", "m"),
            new Word("5", "s"));

    /** Fractions of a second: a point or comma and zeros, which are kept, or nines, after which zeros are left out. */
    private static final String FRACTION = "[.,](?:0{1,9}|9{1,9})(?![0-9])";

    private static final Pattern ANY = Pattern.compile(
            FRACTION + "|" + String.join("|", WORDS.stream().map(Word::go).toList()));

    private GoTimeLayout() {}

    static String format(String layout, ZonedDateTime time) {
        return ANY.matcher(layout).replaceAll(word -> Matcher.quoteReplacement(write(word, time)));
    }

    private static String write(MatchResult found, ZonedDateTime time) {
        var word = found.group();
        if (word.matches(FRACTION)) return fraction(word, time);
        if (word.equals("MST") && time.getZone().equals(ZoneOffset.UTC)) return "UTC";
        for (var each : WORDS)
            if (word.equals(each.go().replaceFirst("\\(.*", ""))) {
                var text = time.format(DateTimeFormatter.ofPattern(each.java(), Locale.ENGLISH));
                return word.equals("pm") ? text.toLowerCase(Locale.ENGLISH) : text;
            }
        throw new IllegalStateException("No layout word: " + word);
    }

    private static String fraction(String word, ZonedDateTime time) {
        var digits = "%09d".formatted(time.getNano()).substring(0, word.length() - 1);
        if (word.charAt(1) == '0') return word.charAt(0) + digits;
        var shorter = digits.replaceFirst("0+$", "");
        return shorter.isEmpty() ? "" : word.charAt(0) + shorter;
    }
}
