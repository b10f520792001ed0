package io.stowage.tests.tour;

import io.stowage.tests.arena.Arena;

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
            System.out.println("  FlashArray " + arena.array().gateway() + ", iSCSI "
                    + arena.array().portal());
            Steps steps = new Steps(System.out);
            try {
                new Scenario(arena, steps).run();
            } catch (RuntimeException | AssertionError e) {
                System.out.println(" FAILED");
                System.out.println("--- the server said:\n" + arena.server().log());
                System.out.println("--- the array said:\n" + arena.array().log());
                throw e;
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

    private static void keep(Arena arena) throws InterruptedException {
        arena.createPool("demo", "size=20GiB");
        System.out.println("""

                Array and server go on, with a pool "demo". Use them from another shell:
                  export LXD_DIR=%1$s STOWAGE_STATE=%1$s
                  lxc storage volume create demo v1 size=1GiB
                  bin/stowage volume mount demo v1
                The array's API: %2$s (token and certificate in %3$s).
                Press Ctrl-C to stop both and remove everything.""".formatted(
                        arena.server().state(),
                        arena.array().gateway(),
                        arena.path("array").resolve("endpoints.json")));
        Thread end = new Thread(arena::close);
        Runtime.getRuntime().addShutdownHook(end);
        Thread.sleep(Long.MAX_VALUE);
    }
}
