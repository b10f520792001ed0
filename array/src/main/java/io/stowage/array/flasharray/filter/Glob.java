package io.stowage.array.flasharray.filter;

import java.util.Locale;

/** A text in which {@code *} may stand for any run of characters; case doesn't matter. */
final class Glob {
    static final char ANY = '*';

    private final String pattern;
    private final boolean wildcards;

    private Glob(String pattern, boolean wildcards) {
        this.pattern = pattern.toLowerCase(Locale.ROOT);
        this.wildcards = wildcards;
    }

    static Glob of(String pattern) {
        return new Glob(pattern, true);
    }

    static Glob exactly(String text) {
        return new Glob(text, false);
    }

    static Glob containing(String text) {
        return new Glob(ANY + text + ANY, true);
    }

    boolean matches(String text) {
        var subject = text.toLowerCase(Locale.ROOT);
        return wildcards ? matchesFrom(subject) : pattern.equals(subject);
    }

    /** Greedy with one point of return, so at most quadratic whatever the pattern. */
    private boolean matchesFrom(String text) {
        int at = 0;
        int in = 0;
        int star = -1;
        int resume = 0;
        while (at < text.length()) {
            if (in < pattern.length() && pattern.charAt(in) == ANY) {
                star = in++;
                resume = at;
            } else if (in < pattern.length() && pattern.charAt(in) == text.charAt(at)) {
                in++;
                at++;
            } else if (star >= 0) {
                in = star + 1;
                at = ++resume;
            } else {
                return false;
            }
        }
        while (in < pattern.length() && pattern.charAt(in) == ANY) {
            in++;
        }
        return in == pattern.length();
    }
}
