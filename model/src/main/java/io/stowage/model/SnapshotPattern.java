package io.stowage.model;

import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How new snapshots are named: text in which <code>{{ creation_date|date:'2006-01-02_15-04-05' }}</code> stands for the
 * time (the layout is Go's reference time) and one {@code %d} for the next number. LXD's templates know more; these two
 * are what it documents.
 */
public record SnapshotPattern(String text) {
    public static final String DEFAULT = "snap%d";

    private static final Pattern TAG = Pattern.compile(
            "\\{\\{\\s*creation_date\\s*(?:\\|\\s*date\\s*:\\s*(?:'([^'{}]*)'|\"([^\"{}]*)\")\\s*)?\\}\\}");
    private static final DateTimeFormatter PLAIN = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssX");

    /** @throws InvalidValue if there is another template tag, or more than one {@code %d} */
    public static SnapshotPattern parse(String text) {
        var rest = TAG.matcher(text).replaceAll("");
        if (rest.contains("{{") || rest.contains("{%") || rest.contains("}}"))
            throw new InvalidValue(
                    "snapshot pattern", text, "the only tag allowed is {{ creation_date|date:'2006-01-02_15-04-05' }}");
        if (rest.indexOf("%d") != rest.lastIndexOf("%d"))
            throw new InvalidValue("snapshot pattern", text, "%d may stand in it only once");
        return new SnapshotPattern(text);
    }

    /**
     * The name of the next snapshot.
     *
     * @param existing names of the volume's snapshots, without the volume's name
     * @throws InvalidValue if the rendered name is not a valid snapshot name
     */
    public String name(ZonedDateTime created, Collection<String> existing) {
        var rendered = TAG.matcher(text)
                .replaceAll(tag -> Matcher.quoteReplacement(date(tag.group(1), tag.group(2), created)));
        var at = rendered.indexOf("%d");
        var name = at < 0
                ? free(rendered, existing)
                : numbered(rendered.substring(0, at), rendered.substring(at + 2), existing);
        Names.checkSnapshot(name);
        return name;
    }

    @SuppressWarnings("NullAway") // groups of an optional part are null when it is absent
    private static String date(String single, String twice, ZonedDateTime created) {
        var layout = single != null ? single : twice;
        return layout == null ? created.format(PLAIN) : GoTimeLayout.format(layout, created);
    }

    /** A name without a number gets one, with a hyphen, when it is taken. */
    private static String free(String name, Collection<String> existing) {
        if (!existing.contains(name)) return name;
        int next = 1;
        while (existing.contains(name + "-" + next)) next++;
        return name + "-" + next;
    }

    private static String numbered(String before, String after, Collection<String> existing) {
        var form = Pattern.compile(Pattern.quote(before) + "([0-9]{1,9})" + Pattern.quote(after));
        long next = 0;
        for (var name : existing) {
            var number = form.matcher(name);
            if (number.matches()) next = Math.max(next, Long.parseLong(number.group(1)) + 1);
        }
        return before + next + after;
    }
}
