package io.stowage.array;

import java.io.IOException;
import java.util.List;

/** The program {@code stowage-array}. */
public final class StowageArray {
    private StowageArray() {}

    /** Runs until a signal ends it; exit status 0 then, 1 when it can't start. */
    public static void main(String[] arguments) {
        var given = List.of(arguments);
        if (given.contains("--help") || given.contains("-h")) {
            System.out.print(ArrayOptions.USAGE);
            return;
        }
        if (!given.isEmpty() && given.getFirst().equals("check")) {
            System.exit(check(given.subList(1, given.size())));
        }
        try {
            var array = ArrayInABox.start(ArrayOptions.parse(given));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(array), "end"));
            System.out.println(array.endpoints().json());
            array.await();
        } catch (BadOption e) {
            System.err.println("stowage-array: " + e.sentence());
            System.exit(1);
        } catch (IOException | RuntimeException e) {
            System.err.println("stowage-array: " + e);
            System.exit(1);
        }
    }

    /** The exit status: 0 if the state folder is well. */
    private static int check(List<String> arguments) {
        try {
            var findings = StateCheck.run(arguments);
            findings.forEach(System.out::println);
            return findings.isEmpty() ? 0 : 1;
        } catch (BadOption e) {
            System.err.println("stowage-array: " + e.sentence());
            return 1;
        }
    }

    /** Without it the status of an end by SIGTERM would be that of an accident. */
    private static void end(ArrayInABox array) {
        var status = 1;
        try {
            array.close();
            status = 0;
        } finally {
            Runtime.getRuntime().halt(status);
        }
    }
}
