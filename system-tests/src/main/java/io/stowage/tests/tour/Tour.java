package io.stowage.tests.tour;

import io.stowage.tests.arena.Arena;
import io.stowage.tests.arena.Combination;
import java.util.Arrays;
import java.util.Locale;

/** Main of {@code ./run}: the scenario with progress that a person can follow. */
public final class Tour {
    private static final String CAPACITY = "64GiB";

    private Tour() {}

    public static void main(String[] args) throws InterruptedException {
        boolean keep = args.length == 1 && args[0].equals("--keep");
        if (args.length > 0 && !keep) {
            System.err.println("usage: ./run [--keep]");
            System.exit(1);
        }
        System.out.println("Starting an array and a server …");
        try (Arena arena = Arena.open(CAPACITY)) {
            for (Combination combination : Combination.values()) {
                System.out.println("  " + combination + ": "
                        + arena.array().endpoint(combination.vendor()).management());
            }
            Steps steps = new Steps(System.out, arena.array());
            try {
                Scenario.runAll(arena, steps);
            } catch (RuntimeException | AssertionError e) {
                System.out.println(" FAILED");
                System.out.println("--- the server said:\n" + arena.server().log());
                System.out.println("--- the array said:\n" + arena.array().log());
                throw e;
            }
            for (Combination combination : Combination.values()) {
                Steps.Cost cost = steps.cost(combination);
                System.out.printf(
                        "%n%s: %d array calls where LXD's driver makes %d", combination, cost.ours(), cost.lxd());
            }
            if (keep) {
                keep(arena);
            }
            System.out.println();
            System.out.println("tour: " + steps.count() + " steps, all verified");
        } catch (RuntimeException | AssertionError e) {
            System.err.println("The tour failed: " + e.getMessage());
            System.exit(1);
        }
        System.exit(0);
    }

    private static String pool(Combination combination) {
        return combination.driver() + "-" + combination.protocol().name().toLowerCase(Locale.ROOT);
    }

    private static void keep(Arena arena) throws InterruptedException {
        for (Combination combination : Combination.values()) {
            arena.createPool(combination, pool(combination));
        }
        System.out.println("""

                Array and server go on, with the pools %3$s. Use them from another shell:
                  export LXD_DIR=%1$s STOWAGE_STATE=%1$s
                  lxc storage volume create %4$s v1 size=1GiB
                  bin/stowage volume mount %4$s v1
                How to reach the array itself stands in %2$s.
                Press Ctrl-C to stop both and remove everything.""".formatted(
                arena.server().state(),
                arena.path("array").resolve("endpoints.json"),
                String.join(
                        ", ",
                        Arrays.stream(Combination.values()).map(Tour::pool).toList()),
                pool(Combination.values()[0])));
        Thread end = new Thread(arena::close);
        Runtime.getRuntime().addShutdownHook(end);
        Thread.sleep(Long.MAX_VALUE);
    }
}
