package io.stowage.array.flasharray.filter;

import io.stowage.array.core.Glob;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * A value of an expression.
 *
 * @param text what was written, without its quotes
 * @param quoted whether it stood in quotes, so that {@code *} is a wildcard
 */
record Value(String text, boolean quoted) {
    /** Numbers longer than this are text: they can be no field of ours. */
    private static final int LONGEST_NUMBER = 40;

    Optional<BigDecimal> number() {
        if (text.length() > LONGEST_NUMBER || text.indexOf('e') >= 0 || text.indexOf('E') >= 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(new BigDecimal(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    boolean hasWildcard() {
        return quoted && text.indexOf(Glob.ANY) >= 0;
    }

    Glob glob() {
        return quoted ? Glob.of(text) : Glob.exactly(text);
    }
}
