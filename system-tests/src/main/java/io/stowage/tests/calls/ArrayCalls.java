package io.stowage.tests.calls;

import io.stowage.tests.arena.Arena;
import io.stowage.tests.arena.Calls;
import io.stowage.tests.arena.Combination;
import io.stowage.tests.arena.Protocol;
import io.stowage.tests.arena.Vendor;
import io.stowage.tests.tour.Scenario;
import io.stowage.tests.tour.Steps;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/**
 * Main of {@code benchmarks/array-calls}: what each operation costs in requests to the array, beside LXD's drivers, and
 * the same for the whole tour. What is written for recovery stands behind a plus; what is too much is printed bold. With
 * {@code --kinds} also which requests these are.
 */
public final class ArrayCalls {
    private ArrayCalls() {}

    public static void main(String[] args) {
        boolean kinds = Arrays.asList(args).contains("--kinds");
        try (Arena arena = Arena.open()) {
            for (Combination combination : Combination.values()) {
                if (combination.protocol() == Protocol.ISCSI || kinds) {
                    table(arena, combination, kinds);
                }
            }
            System.out.println("| tour | ours | LXD | ratio |\n|---|---|---|---|");
            PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
            Steps steps = new Steps(nowhere, arena.array());
            Scenario.runAll(arena, steps);
            for (Combination combination : Combination.values()) {
                Steps.Cost cost = steps.cost(combination);
                System.out.printf(
                        "| %s | %d | %d | %.2f |%n",
                        combination, cost.ours(), cost.lxd(), (double) cost.ours() / cost.lxd());
            }
        }
        System.exit(0);
    }

    private static void table(Arena arena, Combination combination, boolean kinds) {
        Vendor vendor = combination.vendor();
        Map<Operation, Calls> idle = Measurement.of(arena, combination, false);
        Map<Operation, Calls> busy = Measurement.of(arena, combination, true);
        System.out.println("| " + combination + " | idle host: ours | LXD | busy host: ours | LXD |");
        System.out.println("|---|---|---|---|---|");
        idle.forEach((operation, ours) -> System.out.printf(
                "| %s | %s | %d | %s | %d |%n",
                operation,
                cell(ours, operation.most(vendor, false)),
                operation.lxd(vendor, false),
                cell(busy.getOrDefault(operation, ours), operation.most(vendor, true)),
                operation.lxd(vendor, true)));
        if (kinds) {
            idle.forEach((operation, ours) -> System.out.println(operation + ", idle: " + ours));
            busy.forEach((operation, ours) -> System.out.println(operation + ", busy: " + ours));
        }
        System.out.println();
    }

    private static String cell(Calls ours, int most) {
        int needed = ours.count() - ours.records();
        String text = ours.records() == 0 ? String.valueOf(needed) : needed + " + " + ours.records();
        return ours.count() > most ? "**" + text + "**" : text;
    }
}
