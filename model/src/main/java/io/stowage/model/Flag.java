package io.stowage.model;

import java.util.Locale;
import java.util.Optional;

/** Booleans as LXD reads them: true, 1, yes, on and false, 0, no, off, in any case. */
public final class Flag {
    private Flag() {}

    public static Optional<Boolean> parse(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "1", "yes", "on" -> Optional.of(true);
            case "false", "0", "no", "off" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    /** Whether the text says yes; anything else, empty included, is no. */
    public static boolean isTrue(String text) {
        return parse(text).orElse(false);
    }
}
