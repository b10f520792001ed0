package io.stowage.array.wsapi.volume;

import io.stowage.array.core.Volume;
import io.stowage.array.wsapi.rest.Problem;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How the snapshots of a set are called: a text with places between at signs, such as {@code @vvname@} (section 7). */
final class SnapshotPattern {
    private static final Pattern PLACE = Pattern.compile("@([^@]*)@?");

    private final String text;

    private SnapshotPattern(String text) {
        this.text = text;
    }

    /** @throws io.stowage.array.wsapi.rest.Refusal a place isn't known, or isn't closed */
    static SnapshotPattern parse(String text) {
        var matcher = PLACE.matcher(text);
        while (matcher.find()) {
            var known = value(matcher.group(1), "", 0, 0, Instant.EPOCH).isPresent();
            if (!known || !matcher.group().endsWith("@")) {
                throw Problem.INV_INPUT.of("name");
            }
        }
        return new SnapshotPattern(text);
    }

    /** @param count how many of the set came before */
    String name(Volume parent, int count, Instant now) {
        return PLACE.matcher(text)
                .replaceAll(place -> Matcher.quoteReplacement(
                        value(place.group(1), parent.name(), Volumes.number(parent), count, now)
                                .orElseThrow()));
    }

    private static Optional<String> value(String place, String parent, int number, int count, Instant now) {
        return Optional.ofNullable(
                switch (place) {
                    case "count" -> Integer.toString(count);
                    case "vvname" -> parent;
                    case "vvid" -> Integer.toString(number);
                    case "epoch" -> Long.toString(now.getEpochSecond());
                    case "y" -> digits(now, "uu");
                    case "m" -> digits(now, "MM");
                    case "d" -> digits(now, "dd");
                    case "H" -> digits(now, "HH");
                    case "M" -> digits(now, "mm");
                    case "S" -> digits(now, "ss");
                    default -> null;
                });
    }

    private static String digits(Instant now, String format) {
        return DateTimeFormatter.ofPattern(format, Locale.ROOT)
                .withZone(ZoneOffset.UTC)
                .format(now);
    }
}
