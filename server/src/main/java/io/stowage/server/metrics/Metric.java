package io.stowage.server.metrics;

import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * What is measured, with all its samples.
 *
 * @param help one sentence without line breaks or backslashes
 */
public record Metric(String name, Kind kind, String help, List<Sample> samples) {
    /** What its numbers do. */
    public enum Kind {
        /** They only grow, until the server starts anew. */
        COUNTER,
        /** They grow and shrink. */
        GAUGE
    }

    /** What answers of this text are marked with; LXD's mark. */
    public static final String MEDIA_TYPE = "text/plain";

    public Metric {
        samples = List.copyOf(samples);
    }

    public static Metric counter(String name, String help, List<Sample> samples) {
        return new Metric(name, Kind.COUNTER, help, samples);
    }

    public static Metric gauge(String name, String help, List<Sample> samples) {
        return new Metric(name, Kind.GAUGE, help, samples);
    }

    /** The same with some of its samples. */
    public Metric only(Predicate<Sample> wanted) {
        return new Metric(name, kind, help, samples.stream().filter(wanted).toList());
    }

    /**
     * The text of metrics (OpenMetrics 1.0, which Prometheus' own format 0.0.4 takes for comments where they differ); those
     * without samples are left out.
     */
    public static String text(List<Metric> metrics) {
        var text = new StringBuilder();
        for (var metric : metrics) {
            if (!metric.samples.isEmpty()) {
                text.append("# HELP %s %s\n".formatted(metric.name, metric.help));
                text.append("# TYPE %s %s\n"
                        .formatted(metric.name, metric.kind.name().toLowerCase(Locale.ROOT)));
                metric.samples.forEach(sample -> text.append(sample.line(metric.name)));
            }
        }
        return text.append("# EOF\n").toString();
    }
}
