package io.stowage.array.flasharray;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A version of the REST API, 2.9 being older than 2.21. */
public record ApiVersion(int major, int minor) implements Comparable<ApiVersion> {
    /** The oldest and the newest version that is served. */
    public static final ApiVersion OLDEST = new ApiVersion(2, 0);

    public static final ApiVersion NEWEST = new ApiVersion(2, 52);

    /** The newest version of an array that isn't told another one: that of Purity 6.4.10, which it says it runs. */
    public static final ApiVersion USUAL = new ApiVersion(2, 26);

    /** These were never published. */
    private static final Set<Integer> NEVER_PUBLISHED = Set.of(12, 18);

    private static final int LAST_OF_REST_1 = 19;
    private static final Pattern FORM = Pattern.compile("([0-9]{1,3})\\.([0-9]{1,3})");
    private static final Comparator<ApiVersion> ORDER =
            Comparator.comparingInt(ApiVersion::major).thenComparingInt(ApiVersion::minor);

    /** Reads {@code 2.21}; empty for anything else. */
    public static Optional<ApiVersion> parse(String text) {
        var match = FORM.matcher(text);
        return match.matches()
                ? Optional.of(new ApiVersion(Integer.parseInt(match.group(1)), Integer.parseInt(match.group(2))))
                : Optional.empty();
    }

    /** What an array whose newest version is this one tells: its 2.x versions, after those of REST 1 as real ones do. */
    List<String> announced() {
        var first = IntStream.rangeClosed(0, LAST_OF_REST_1).mapToObj(minor -> new ApiVersion(1, minor));
        return Stream.concat(first, IntStream.rangeClosed(0, minor).mapToObj(minor -> new ApiVersion(2, minor)))
                .filter(version -> version.major == 1 || version.isPublished())
                .map(ApiVersion::toString)
                .toList();
    }

    /** Whether this is a version that was published and is served here. */
    public boolean isPublished() {
        return compareTo(OLDEST) >= 0 && compareTo(NEWEST) <= 0 && !NEVER_PUBLISHED.contains(minor);
    }

    boolean isAtLeast(ApiVersion other) {
        return compareTo(other) >= 0;
    }

    /** Whether this version is 2.MINOR or newer. */
    boolean isAtLeast(int minorOfTwo) {
        return isAtLeast(new ApiVersion(2, minorOfTwo));
    }

    @Override
    public int compareTo(ApiVersion other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
