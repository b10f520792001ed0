package io.stowage.benchmarks.tgt;

import io.stowage.tests.arena.Ran;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code qemu-img bench} (libiscsi) does.
 *
 * @param block bytes of each request
 * @param step bytes from the start of one request to the next, around the unit
 * @param depth requests under way at a time
 * @param flushEvery requests between two flushes; 0 without flushes
 */
record Load(String name, int block, long step, boolean write, int depth, int flushEvery) {
    static final String INITIATOR = "iqn.2026-11.io.stowage:benchmark";

    private static final int SMALL = 4 << 10;
    private static final int LARGE = 1 << 20;

    /** An odd number of blocks near the golden section of the unit: meets every block, none near the one before. */
    private static final long SCATTERED = 81_009L * SMALL;

    private static final Pattern SECONDS = Pattern.compile("Run completed in ([0-9.]+) seconds");

    static final List<Load> ALL = all();

    /** Writes every block once. */
    static final Load FILL = new Load("fill", LARGE, LARGE, true, 4, 0);

    private static List<Load> all() {
        List<Load> loads = new ArrayList<>();
        for (int depth : new int[] {1, 32}) {
            loads.add(new Load("4 KiB scattered reads, depth " + depth, SMALL, SCATTERED, false, depth, 0));
            loads.add(new Load("4 KiB scattered writes, depth " + depth, SMALL, SCATTERED, true, depth, 0));
            loads.add(new Load("1 MiB sequential reads, depth " + depth, LARGE, LARGE, false, depth, 0));
            loads.add(new Load("1 MiB sequential writes, depth " + depth, LARGE, LARGE, true, depth, 0));
        }
        loads.add(new Load("4 KiB scattered writes, depth 32, a flush every 32", SMALL, SCATTERED, true, 32, 32));
        return List.copyOf(loads);
    }

    /** Seconds that so many requests took. */
    double run(Target target, long count) {
        List<String> command = new ArrayList<>(List.of(
                "qemu-img",
                "bench",
                "-t",
                "none",
                "-c",
                Long.toString(count),
                "-d",
                Integer.toString(depth),
                "-s",
                Integer.toString(block),
                "-S",
                Long.toString(step)));
        if (write) {
            command.add("-w");
        }
        if (flushEvery > 0) {
            command.add("--flush-interval=" + flushEvery);
        }
        // QEMU takes the initiator's name only in this form.
        command.add(("json:{\"driver\":\"raw\",\"file\":{\"driver\":\"iscsi\",\"transport\":\"tcp\","
                        + "\"portal\":\"%s\",\"target\":\"%s\",\"lun\":%d,\"initiator-name\":\"%s\"}}")
                .formatted(target.portal(), target.iqn(), target.lun(), INITIATOR));
        String out = Ran.run(command.toArray(String[]::new)).orFail().out();
        Matcher seconds = SECONDS.matcher(out);
        if (!seconds.find()) {
            throw new AssertionError(command + ": " + out);
        }
        return Double.parseDouble(seconds.group(1));
    }
}
