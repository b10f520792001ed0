package io.stowage.server.api;

import java.util.ArrayList;
import java.util.List;

/** Splits a filter at its blanks; single and double quotes hold words together. */
final class FilterWords {
    private static final int LONGEST = 16 << 10; // characters; far above what a person writes

    private FilterWords() {}

    static List<String> split(String text) {
        if (text.length() > LONGEST) {
            throw ListFilter.invalid("longer than %d characters".formatted(LONGEST));
        }
        var words = new ArrayList<String>();
        var word = new StringBuilder();
        var inWord = false;
        char quote = 0;
        for (char c : text.toCharArray()) {
            if (quote != 0) {
                if (c == quote) {
                    quote = 0;
                } else {
                    word.append(c);
                }
            } else if (c == '"' || c == '\'') {
                quote = c;
                inWord = true;
            } else if (Character.isWhitespace(c)) {
                if (inWord) {
                    words.add(word.toString());
                    word.setLength(0);
                    inWord = false;
                }
            } else {
                word.append(c);
                inWord = true;
            }
        }
        if (quote != 0) {
            throw ListFilter.invalid("unterminated quote");
        }
        if (inWord) {
            words.add(word.toString());
        }
        return words;
    }
}
