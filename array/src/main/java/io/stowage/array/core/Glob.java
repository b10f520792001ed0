package io.stowage.array.core;

import java.util.Locale;

/** A text in which {@code *} may stand for any run of characters; case doesn't matter. */
public final class Glob {
    /** Stands for any run of characters. */
    public static final char ANY = '*';

    private final String pattern;
    private final boolean wildcards;

    private Glob(String pattern, boolean wildcards) {
        this.pattern = pattern.toLowerCase(Locale.ROOT);
        this.wildcards = wildcards;
    }

    /** A text in which the star has its meaning. */
    public static Glob of(String pattern) {
        return new Glob(pattern, true);
    }

    /** A text in which a star is only a star. */
    public static Glob exactly(String text) {
        return new Glob(text, false);
    }

    /** Whatever has this text in it. */
    public static Glob containing(String text) {
        return new Glob(ANY + text + ANY, true);
    }

    public boolean matches(String text) {
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
