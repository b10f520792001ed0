package io.stowage.driver.pure;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;

/** A version of the REST API; 2.9 is older than 2.21. */
record ApiVersion(int major, int minor) implements Comparable<ApiVersion> {
    /** Without it: no NVMe/TCP. */
    static final ApiVersion OLDEST = new ApiVersion(2, 21);
    /** The newest that this client was written for. */
    static final ApiVersion NEWEST = new ApiVersion(2, 52);
    /** The first with quotas of pods. */
    static final ApiVersion QUOTA = new ApiVersion(2, 23);
    /** The first where volumes and pods can be made with tags; before, pods have none at all. */
    static final ApiVersion TAGS = new ApiVersion(2, 39);
    /** The first where snapshots can be made with tags. */
    static final ApiVersion TAGGED_SNAPSHOTS = new ApiVersion(2, 48);

    private static final Pattern FORM = Pattern.compile("([0-9]{1,4})\\.([0-9]{1,4})");

    /** The version in a text; empty for words like {@code 2.latest}. */
    static Optional<ApiVersion> parse(String text) {
        var form = FORM.matcher(text);
        return form.matches()
                ? Optional.of(new ApiVersion(Integer.parseInt(form.group(1)), Integer.parseInt(form.group(2))))
                : Optional.empty();
    }

    /** The highest version that both have; empty if there is none. */
    static Optional<ApiVersion> best(Collection<String> offered) {
        return offered.stream()
                .flatMap(text -> parse(text).stream())
                .filter(version -> version.compareTo(OLDEST) >= 0 && version.compareTo(NEWEST) <= 0)
                .max(Comparator.naturalOrder());
    }

    @Override
    public int compareTo(ApiVersion other) {
        return major != other.major ? Integer.compare(major, other.major) : Integer.compare(minor, other.minor);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
