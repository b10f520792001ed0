package io.stowage.server.metrics;

import java.util.Map;
import java.util.stream.Collectors;

/** One number, and what it is about. */
public record Sample(Map<String, String> labels, double value) {
    /** The label by which samples belong to projects. */
    public static final String PROJECT = "project";

    public Sample {
        labels = Map.copyOf(labels);
    }

    /** Of everything there is. */
    public static Sample of(double value) {
        return new Sample(Map.of(), value);
    }

    String line(String metric) {
        var about = labels.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(label -> "%s=\"%s\"".formatted(label.getKey(), escaped(label.getValue())))
                .collect(Collectors.joining(",", "{", "}"));
        return metric + (labels.isEmpty() ? "" : about) + " " + number() + "\n";
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    private String number() {
        return value == Math.rint(value) && Math.abs(value) < 1L << 53 ? String.valueOf((long) value) : "" + value;
    }
}
