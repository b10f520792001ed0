package io.stowage.model;

import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Formats a time by a layout of Go's {@code time} package: the layout shows how Monday, 2 January 2006, 15:04:05 -0700 would
 * be written.
 */
final class GoTimeLayout {
    /** From Go's word to Java's; a word that begins like another stands before it. */
    private static final Map<String, String> WORDS = words();

    private GoTimeLayout() {}

    static String format(String layout, ZonedDateTime time) {
        var text = new StringBuilder();
        int at = 0;
        while (at < layout.length()) {
            var word = wordAt(layout, at);
            if (word.isEmpty()) {
                text.append(layout.charAt(at++));
                continue;
            }
            text.append(time.format(DateTimeFormatter.ofPattern(WORDS.getOrDefault(word, ""), Locale.ENGLISH)));
            at += word.length();
        }
        return text.toString();
    }

    private static String wordAt(String layout, int at) {
        for (var word : WORDS.keySet()) if (layout.startsWith(word, at)) return word;
        return "";
    }

    private static Map<String, String> words() {
        var words = new LinkedHashMap<String, String>();
        words.put("January", "LLLL");
        words.put("Jan", "LLL");
        words.put("Monday", "EEEE");
        words.put("Mon", "EEE");
        words.put("MST", "zzz");
        words.put("2006", "uuuu");
        words.put("-07:00", "xxx");
        words.put("-0700", "xx");
        words.put("-07", "x");
        words.put("Z07:00", "XXX");
        words.put("Z0700", "XX");
        words.put(".000000000", ".SSSSSSSSS");
        words.put(".000000", ".SSSSSS");
        words.put(".000", ".SSS");
        words.put("002", "DDD");
        words.put("01", "MM");
        words.put("02", "dd");
        words.put("03", "hh");
        words.put("04", "mm");
        words.put("05", "ss");
        words.put("06", "uu");
        words.put("15", "HH");
        words.put("PM", "a");
        words.put("pm", "a");
        words.put("_2", "ppd");
        words.put("1", "M");
        words.put("2", "d");
        words.put("3", "h");
        words.put("4", "m");
        words.put("5", "s");
        return words;
    }
}
