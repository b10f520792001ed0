package io.stowage.benchmarks.tgt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Main of {@code benchmarks/tgt}: a table of rates, and of the processor time that the server took for each request. */
public final class BesideTgt {
    /** Odd, so that there is a middle one. The servers take turns: what disturbs the machine disturbs both. */
    private static final int ROUNDS = 3;

    private static final double SECONDS = 2;
    private static final double TICKS_A_SECOND = 100;
    private static final double MICROS = 1e6;

    private BesideTgt() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("stowage-tgt-");
        try (Target ours = OurTarget.start(folder.resolve("array"), "127.0.0.1");
                Target tgt = Tgt.start(folder.resolve("tgt"), "127.0.0.1")) {
            table(List.of(ours, tgt));
        } finally {
            try (Stream<Path> paths = Files.walk(folder)) {
                for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    /** @param micros of processor time for each request */
    private record Measured(double rate, double micros) {}

    private static void table(List<Target> targets) {
        for (Target target : targets) {
            Load.FILL.run(target, Target.BYTES / Load.FILL.block());
        }
        System.out.println("| load | "
                + String.join(" | ", targets.stream().map(Target::name).toList())
                + " | ratio | server time each: "
                + String.join(
                        " | server time each: ",
                        targets.stream().map(Target::name).toList()) + " |");
        System.out.println("|---".repeat(2 + 2 * targets.size()) + "|");
        for (Load load : Load.ALL) {
            List<Measured> row = measure(load, targets);
            System.out.printf(
                    "| %s | %,.0f/s | %,.0f/s | %.2f | %.0f µs | %.0f µs |%n",
                    load.name(),
                    row.getFirst().rate(),
                    row.getLast().rate(),
                    row.getFirst().rate() / row.getLast().rate(),
                    row.getFirst().micros(),
                    row.getLast().micros());
        }
    }

    /** The middle one of the rounds for each target. */
    private static List<Measured> measure(Load load, List<Target> targets) {
        long[] counts =
                targets.stream().mapToLong(target -> count(load, target)).toArray();
        double[][] rates = new double[targets.size()][ROUNDS];
        double[][] micros = new double[targets.size()][ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < targets.size(); i++) {
                long before = targets.get(i).ticks();
                rates[i][round] = counts[i] / load.run(targets.get(i), counts[i]);
                micros[i][round] = (targets.get(i).ticks() - before) / TICKS_A_SECOND * MICROS / counts[i];
            }
        }
        List<Measured> middle = new ArrayList<>();
        for (int i = 0; i < targets.size(); i++) {
            middle.add(new Measured(middle(rates[i]), middle(micros[i])));
        }
        return middle;
    }

    /** Requests of about {@link #SECONDS}, found by a run that warms up too. */
    private static long count(Load load, Target target) {
        long count = 64;
        double seconds = load.run(target, count);
        while (seconds < SECONDS / 2) {
            count = (long) Math.max(count * 2, Math.min(count * 16, count * SECONDS / Math.max(seconds, 1e-3)));
            seconds = load.run(target, count);
        }
        return (long) (count * SECONDS / seconds);
    }

    private static double middle(double[] values) {
        double[] sorted = Arrays.copyOf(values, values.length);
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
